package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A regular expression on external text may take quadratic time or overflow the stack: each one is listed here with the
 * reason why it does not. The JDK's lower-casing is quadratic too, because of a Greek letter.
 */
final class RegularExpressionsTest {
    private static final Set<String> OF_STRING = Set.of("matches", "replaceAll", "replaceFirst");

    private static final String BOUNDED = "one class of characters in a bounded number";
    private static final String RUN = "a run of one class of characters, up to the end: nothing to go back to";
    private static final String SETTING = "what a program or its user is set up with";

    private static final Map<String, String> LINEAR = Map.ofEntries(
            Map.entry("dev.latchkey.core.challenge.BearerChallenge", BOUNDED),
            Map.entry("dev.latchkey.core.throttle.RetryAfter", BOUNDED),
            Map.entry("dev.latchkey.authority.Tenant", SETTING),
            Map.entry("dev.latchkey.authority.authorize.AuthorizeReader", RUN + "; or " + BOUNDED),
            Map.entry("dev.latchkey.authority.authorize.Browser", BOUNDED),
            Map.entry("dev.latchkey.authority.oauth.CrossOrigin", "a literal, and " + BOUNDED),
            Map.entry(
                    "dev.latchkey.authority.person.HtmlForm",
                    "possessive; what is between brackets holds none, so that nothing is walked twice"),
            Map.entry("dev.latchkey.authority.person.FormNavigator", "what is between the tags holds no bracket"),
            Map.entry("dev.latchkey.authority.server.AuthorityService", BOUNDED),
            Map.entry("dev.latchkey.authority.state.DeviceCodes", "one character at a time"),
            Map.entry("dev.latchkey.authority.status.StatusForms", BOUNDED),
            Map.entry("dev.latchkey.authority.status.StatusService", "digits after a colon, which is no digit"),
            Map.entry("dev.latchkey.cli.args.Arguments", SETTING),
            Map.entry("dev.latchkey.cli.command.LogoutCommand", "no parameter holds another's name"),
            Map.entry("dev.latchkey.web.LatchkeyWebBuilder", SETTING),
            Map.entry("dev.latchkey.web.ProxyRoute", SETTING));

    /** Splits by more than one character; a single character compiles no expression. */
    private static final Map<String, String> SPLITS = Map.of(
            "BearerChallenge.java", RUN,
            "User.java", SETTING,
            "BearerTokens.java", RUN,
            "AuthorizeReader.java", RUN,
            "ClientCredentialsGrant.java", RUN,
            "ScopeResolver.java", RUN,
            "Arguments.java", SETTING,
            "Paragraph.java", "our own words",
            "AnswerGate.java", "our own words",
            "BrowserCommands.java", SETTING);

    /** Except for a literal of one character, escaped or not. */
    private static final Pattern SPLIT =
            Pattern.compile("\\.split\\((?!\"(?:[^\\\\.$|()\\[{^?*+\"]|\\\\\\\\[^a-zA-Z0-9]|\\\\n)\"[,)])");

    @Test
    void regularExpressions_areThoseOfTheList() {
        assertThat(classesThatCall(RegularExpressionsTest::compiles))
                .contains("dev.latchkey.authority.person.HtmlForm", "dev.latchkey.core.throttle.RetryAfter")
                .isSubsetOf(LINEAR.keySet());
    }

    @Test
    void splits_atMoreThanACharacter_areThoseOfTheList() {
        Set<String> splitting = Checkout.mainSources().stream()
                .filter(file -> SPLIT.matcher(Checkout.text(file).orElseThrow()).find())
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(splitting).contains("BearerChallenge.java").isSubsetOf(SPLITS.keySet());
    }

    @Test
    void lowerCase_inCoreAndClient_isOurs() {
        assertThat(classesThatCall(call -> call.getTargetOwner().isEquivalentTo(String.class)
                                && call.getName().equals("toLowerCase"))
                        .stream()
                        .filter(name ->
                                !name.matches("dev\\.latchkey\\.(authority|cli|spring|testkit|web|store)\\..*")))
                .isEmpty();
    }

    private static boolean compiles(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isEquivalentTo(Pattern.class)
                || (owner.isEquivalentTo(String.class) && OF_STRING.contains(call.getName()));
    }

    private static Set<String> classesThatCall(Predicate<JavaAccess<?>> which) {
        Map<String, String> found = new TreeMap<>();
        for (JavaClass type : BuiltClasses.ALL) {
            for (JavaAccess<?> call : type.getAccessesFromSelf()) {
                if (which.test(call)) {
                    String name = type.getName();
                    int inner = name.indexOf('$');
                    found.put(inner < 0 ? name : name.substring(0, inner), call.getDescription());
                }
            }
        }
        return found.keySet();
    }
}
