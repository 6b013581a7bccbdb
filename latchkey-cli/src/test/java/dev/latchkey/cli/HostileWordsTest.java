package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An authority that puts control characters into all its text: none of them reaches the terminal. */
@Timeout(60)
final class HostileWordsTest {
    private static final String HOSTILE = "Mallory\u001b[2J\u001b]0;owned\u0007\r\nlatchkey: forged line\u007f\u0085"
            + "\u009b31m\u061c\u200b\u200f\u2028\u202e\u2066\ufeff\uDC00";

    @TempDir
    private Path folder;

    private LocalAuthority authority;
    private Cli cli;

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder()
                .user(User.of(Cli.ALICE, LocalAuthority.DEFAULT_PASSWORD).displayName(HOSTILE))
                .start();
        cli = new Cli(folder.resolve("cache"), authority);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void names_inTheIdToken_areShownPrintable() {
        authority.faults().on(Endpoint.TOKEN).answer(Fault.idTokenClaim("preferred_username", HOSTILE));

        assertThat(clean(cli.run("login")).out())
                .startsWith("Signed in as Mallory\uFFFD[2J")
                .hasLineCount(1);
        assertThat(clean(cli.run("accounts")).out()).contains("(Mallory").hasLineCount(1);
        assertThat(clean(cli.run("accounts", "--json")).out())
                .contains("Mallory\\u001B[2J", "\\u202E", "\\u009B31m")
                .hasLineCount(1);
        assertThat(clean(cli.run("token", "--json")).code()).isZero();
        assertThat(clean(cli.run("logout", "--no-browser")).err()).contains("Signed out Mallory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "azp", "nonce", "sub", "exp", "oid", "at_hash"})
    void claim_hostile_isToldPrintable(String claim) {
        authority.faults().on(Endpoint.TOKEN).answer(Fault.idTokenClaim(claim, HOSTILE));

        clean(cli.run("login", "--verbose"));
        clean(cli.run("accounts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"})
    void metadata_hostile_isToldPrintable(String member) {
        authority.faults().on(Endpoint.METADATA).answer(Fault.with(member, HOSTILE));

        clean(cli.run("login", "--verbose", "--no-browser", "--timeout", "1"));
        clean(cli.run("login", "--json", "--no-browser", "--timeout", "1"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Endpoint.class,
            names = {"METADATA", "KEYS", "TOKEN", "DEVICE_AUTHORIZATION"})
    void error_hostile_isToldPrintable(Endpoint endpoint) {
        for (String output : List.of("--verbose", "--json")) {
            authority.faults().on(endpoint).answer(Fault.error(400, HOSTILE, HOSTILE));

            Cli.Ended ended = clean(
                    endpoint == Endpoint.DEVICE_AUTHORIZATION
                            ? cli.run("login", "--device-code", output)
                            : cli.run("login", output));

            assertThat(ended.code()).isNotZero();
            authority.reset();
        }
    }

    @Test
    void userCode_hostile_endsTheCallAndIsNotShown() {
        authority.faults().on(Endpoint.DEVICE_AUTHORIZATION).answer(Fault.with("user_code", HOSTILE));

        Cli.Ended ended = clean(cli.run("login", "--device-code"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("failed_to_parse_response").doesNotContain("Mallory");
    }

    @Test
    void deviceMessageAndAddress_hostile_areShownPrintable() {
        authority.faults().on(Endpoint.DEVICE_AUTHORIZATION).answer(Fault.with("message", HOSTILE));
        AtomicBoolean entered = new AtomicBoolean();
        cli.reader(text -> {
            Matcher told = Pattern.compile("open\\s+(http\\S+)\\s+and type the code\\s+(\\S+)\\s")
                    .matcher(text);
            if (told.find() && entered.compareAndSet(false, true)) {
                URI page = URI.create(told.group(1));
                new Thread(() -> authority.person(Cli.ALICE).entersCode(page, told.group(2))).start();
            }
        });

        assertThat(clean(cli.run("login", "--device-code")).code()).isZero();
    }

    @Test
    void verificationAddress_withCharactersThatSteer_isNotShown() {
        authority
                .faults()
                .on(Endpoint.DEVICE_AUTHORIZATION)
                .answer(Fault.with("verification_uri", authority.baseUri() + "/\u202emoc\u200b"));

        Cli.Ended ended = clean(cli.run("login", "--device-code", "--timeout", "1"));

        assertThat(ended.err()).contains("failed_to_parse_response").doesNotContain("moc");
    }

    @Test
    void words_ofTheCommandLine_areToldPrintable() {
        for (String[] words : new String[][] {
            {"login", "--authority", "https://op.example/" + HOSTILE},
            {"token", "--account", HOSTILE},
            {"login", "--scope", HOSTILE},
            {"login", "--tenant", HOSTILE},
            {"token", "--authority-type", HOSTILE},
            {"token", "--timeout", HOSTILE},
            {"demo", "--color", HOSTILE},
            {"authority", "--config", "/nowhere/\u202e\u009b"},
            {HOSTILE},
            {"token", HOSTILE}
        }) {
            clean(cli.run(words));
        }
    }

    private static Cli.Ended clean(Cli.Ended ended) {
        for (String line : (ended.out() + ended.err()).split(System.lineSeparator(), -1)) {
            assertThat(line.replace("\t", ""))
                    .matches(PrintableText::isPrintable, "is printable")
                    .doesNotStartWith("latchkey: forged");
        }
        return ended;
    }
}
