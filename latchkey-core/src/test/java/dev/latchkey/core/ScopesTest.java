package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    @Test
    void of_namesWithBlanksAndRepeats_keepsOrderAndCaseOnce() {
        assertThat(Scopes.of(" User.Read ", "", "mail.send", "User.Read").toString())
                .isEqualTo("User.Read mail.send");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "a\\b", "a\tb", "ä", "a\u0000b", "a\r\nb"})
    void of_characterOutsideTheGrammar_isRefused(String name) {
        assertThatThrownBy(() -> Scopes.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_wireForm_dropsWhatIsNoScope() {
        assertThat(Scopes.parse("  read\twrite  \"x\" \u0000 read ").values()).containsExactly("read", "write");
        assertThat(Scopes.parse("")).isEqualTo(Scopes.NONE);
        assertThat(Scopes.parse(" \t ").isEmpty()).isTrue();
    }

    /** RFC 6749 section 3.3: a comma may be part of a scope. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // granted | requested | read as
                "channels:read,users:read | channels:read users:read | channels:read;users:read",
                "channels:read,users:read | Users:Read | channels:read;users:read",
                "identify,users:read | users:read | identify;users:read",
                "channels:read, users:read | channels:read users:read | channels:read;users:read",
                "openid a,b | openid a | openid;a;b",
                "a,,b, | a | a;b",
                // not certain
                "a,b | c | a,b",
                "a,b | c d | a,b",
                "openid a,b | openid | openid;a,b",
                // a comma is part of what was requested
                "a,b | a,b | a,b",
                "a,b | a,b a | a,b",
                "a,b,c | a,b c | a,b,c",
                "a,c | x,y a c | a,c",
                "a b | a b | a;b",
            })
    void granted_withCommas_areSplitOnlyWhereThatIsCertain(String text, String requested, String values) {
        assertThat(Scopes.granted(text, Scopes.parse(requested)).values()).containsExactly(values.split(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // granted | requested | read as
                "openid GOOGLE.email | openid email | openid;GOOGLE.email;email",
                "GOOGLE.email GOOGLE.profile | Email PROFILE | GOOGLE.email;GOOGLE.profile;Email;PROFILE",
                "GOOGLE.email email | email | GOOGLE.email;email",
                "GOOGLE.email | profile | GOOGLE.email",
                "openid | email | openid",
                "GOOGLE.email | GOOGLE.email | GOOGLE.email",
                "https://op.example/auth/userinfo.email | email | https://op.example/auth/userinfo.email",
            })
    void granted_byTheNamesOfGoogle_areThoseRequestedToo(String text, String requested, String values) {
        String google = "https://www.googleapis.com/auth/userinfo";
        Scopes granted =
                Scopes.granted(text.replace("GOOGLE", google), Scopes.parse(requested.replace("GOOGLE", google)));

        assertThat(granted.values())
                .containsExactly(values.replace("GOOGLE", google).split(";"));
    }

    @Test
    @Timeout(10)
    void granted_hundredThousandParts_doesNotTakeForever() {
        List<String> many = names("a");

        assertThat(Scopes.granted(String.join(",", many), Scopes.of(many)).values())
                .hasSize(100_000);
    }

    @ParameterizedTest
    @CsvSource({
        "openid, true",
        "openid profile email address phone offline_access, true",
        "OPENID Profile, true",
        "profile, false",
        "openid read, false",
        "'', false",
    })
    void isSignInOnly_ofScopes_needsOpenidAndNoOther(String scopes, boolean isSignInOnly) {
        assertThat(Scopes.parse(scopes).isSignInOnly()).isEqualTo(isSignInOnly);
    }

    @Test
    void equals_otherOrderAndCase_isTheSameSet() {
        assertThat(Scopes.of("A", "b")).isEqualTo(Scopes.of("B", "a")).hasSameHashCodeAs(Scopes.of("B", "a"));
        assertThat(Scopes.of("a")).isNotEqualTo(Scopes.of("a", "b"));
    }

    @Test
    void plus_defaultsPartlyThere_addsTheMissingOnesBehind() {
        assertThat(Scopes.of("read", "OpenID").plus(Scopes.DEFAULTS).values())
                .containsExactly("read", "OpenID", "profile", "offline_access");
        assertThat(Scopes.DEFAULTS.plus(Scopes.DEFAULTS)).isSameAs(Scopes.DEFAULTS);
    }

    @Test
    void forLookup_ownScopes_dropsThoseOfOpenIdConnect() {
        assertThat(Scopes.of("openid", "Email", "read", "offline_access").forLookup())
                .isEqualTo(Scopes.of("read"));
        assertThat(Scopes.of("openid", "profile", "offline_access").forLookup())
                .isEqualTo(Scopes.of("openid", "profile"));
        assertThat(Scopes.of("offline_access").forLookup()).isEqualTo(Scopes.NONE);
    }

    @Test
    @Timeout(10)
    void intersects_hundredThousandEach_doesNotTakeForever() {
        Scopes one = Scopes.of(names("a"));
        Scopes other = Scopes.of(names("b"));

        assertThat(one.intersects(other)).isFalse();
        assertThat(one.containsAll(Scopes.of(names("A")))).isTrue();
        assertThat(one.contains("A99999")).isTrue();
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, 100_000).mapToObj(i -> prefix + i).toList();
    }
}
