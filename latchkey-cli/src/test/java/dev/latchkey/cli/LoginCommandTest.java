package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("once")
final class LoginCommandTest {
    @TempDir
    private Path folder;

    private LocalAuthority authority;
    private Cli cli;

    @BeforeEach
    void start() {
        authority = LocalAuthority.start();
        cli = new Cli(folder.resolve("cache"), authority);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void login_firstOne_saysWhoSignedInAndWhereTokensRest() {
        Cli.Ended first = cli.run("login");

        assertThat(first.code()).isZero();
        assertThat(first.out()).startsWith("Signed in as alice@contoso.example").hasLineCount(1);
        assertThat(first.err()).contains("Tokens are stored in " + folder.resolve("cache"));
        assertThat(cli.run("login").err()).doesNotContain("Tokens are stored in");
    }

    @Test
    void login_asJson_isTheAccountWithoutTokens() {
        assertThat(cli.succeed("login", "--json"))
                .startsWith("{\"username\":\"alice@contoso.example\"")
                .contains("\"home_account_id\"")
                .doesNotContain("token")
                .hasLineCount(1);
    }

    @Test
    void login_refusedByThePerson_endsWithFour() {
        cli.person(authority, ScriptedPerson::refuses);

        Cli.Ended ended = cli.run("login");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("access_denied", "correlation id");
        assertThat(cli.refreshTokens()).isEmpty();
    }

    @Test
    void login_personWalksAway_endsWithFourAfterTheTimeout() {
        cli.person(authority, ScriptedPerson::walksAway);

        Cli.Ended ended = cli.run("login", "--timeout", "5");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("timed_out", "--timeout allows more time");
    }

    /** As over ssh: the person has the port forwarded, and opens the address elsewhere. */
    @Test
    void login_whereThereIsNoBrowser_printsTheAddressAndWaits() {
        noBrowser(ErrorCodes.NO_BROWSER);
        AtomicReference<String> told = new AtomicReference<>("");
        cli.reader(text -> {
            Matcher address = Pattern.compile("(http\\S+/authorize\\S+)\\s").matcher(text);
            if (text.contains("as long as this command waits")
                    && address.find()
                    && told.getAndSet(text).isEmpty()) {
                ScriptedPerson alice = authority.person(Cli.ALICE);
                new Thread(() -> alice.visit(URI.create(address.group(1)))).start();
            }
        });

        assertThat(cli.succeed("login")).startsWith("Signed in as alice@contoso.example");
        String port = cli.shown().get(0).getQuery().replaceAll(".*redirect_uri=http://localhost:(\\d+).*", "$1");
        assertThat(told.get())
                .contains("No browser can be opened here", "ssh -L " + port + ":localhost:" + port + " HOST");
    }

    @Test
    void login_whereThereIsNoBrowser_nobodyFinishes_saysThatTheAddressIsNoLongerValid() {
        noBrowser(ErrorCodes.NO_BROWSER);

        Cli.Ended ended = cli.run("login", "--timeout", "5");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("/authorize?", "timed_out", "the page is no longer valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {ErrorCodes.NO_BROWSER, ErrorCodes.LOOPBACK_UNREACHABLE})
    void login_whereThereIsNoBrowser_asksForADeviceCodeIfToldSo(String code) {
        noBrowser(code);
        entersTheCode();

        assertThat(cli.succeed("login", "--device-code-if-needed")).startsWith("Signed in as alice@contoso.example");
    }

    @Test
    void login_whereThereIsABrowser_needsNoDeviceCode() {
        assertThat(cli.run("login", "--device-code-if-needed").err()).doesNotContain("type the code");
        assertThat(cli.shown()).hasSize(1);
    }

    @Test
    void login_whereNoAnswerCouldComeBack_showsNoAddressAndPointsToTheDeviceCode() {
        noBrowser(ErrorCodes.LOOPBACK_UNREACHABLE);

        Cli.Ended ended = cli.run("login");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("loopback_unreachable", "--device-code")
                .doesNotContain("/authorize?");
    }

    private void noBrowser(String code) {
        cli.browser(uri -> {
            throw new BrowserAuthException(code, "no browser can be opened here");
        });
    }

    @Test
    void login_withoutBrowser_printsTheAddressOnStandardError() {
        Cli.Ended ended = cli.run("login", "--no-browser", "--timeout", "5");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(authority.oidcIssuer() + "/authorize?client_id=demo-app");
        assertThat(cli.shown()).isEmpty();
    }

    @Test
    void login_onAnotherDevice_asksForTheCodeThere() {
        entersTheCode();

        assertThat(cli.succeed("login", "--device-code")).startsWith("Signed in as alice@contoso.example");
        assertThat(cli.shown()).isEmpty();
        assertThat(cli.succeed("token")).isNotEmpty();
    }

    private void entersTheCode() {
        AtomicBoolean entered = new AtomicBoolean();
        cli.reader(text -> {
            Matcher told = Pattern.compile("open\\s+(http\\S+)\\s+and type the code\\s+(\\S+)\\s")
                    .matcher(text);
            if (told.find() && entered.compareAndSet(false, true)) {
                URI page = URI.create(told.group(1));
                String code = told.group(2);
                new Thread(() -> authority.person(Cli.ALICE).entersCode(page, code)).start();
            }
        });
    }

    @Test
    void login_onAnotherDeviceNobodyUses_endsWithFourAfterTheTimeout() {
        Cli.Ended ended = cli.run("login", "--device-code", "--timeout", "5");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("timed_out");
    }

    @Test
    void login_onAnotherDeviceWithAPrompt_endsWithTwo() {
        for (String way : List.of("--device-code", "--device-code-if-needed")) {
            assertThat(cli.run("login", way, "--prompt", "login").code()).isEqualTo(2);
        }
        assertThat(cli.run("login", "--device-code-if-needed", "--no-browser").code())
                .isEqualTo(2);
    }

    @Test
    void login_idTokenForged_endsWithOneAndStoresNothing() {
        authority.faults().on(Endpoint.KEYS).answer(Fault.answer(200, "application/json", "{\"keys\":[]}"));

        Cli.Ended ended = cli.run("login");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("id_token_key_not_found", "the response was rejected");
        assertThat(cli.refreshTokens()).isEmpty();
    }

    @Test
    void login_unknownClient_endsWithoutAStackTrace() {
        Cli.Ended ended = cli.run("login", "--client-id", "no-such-app", "--timeout", "5");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.err()).doesNotContain("\tat ");
    }

    @Test
    void login_redirectUriAsAsked_isWhatTheAuthorityGets() {
        cli.succeed("login", "--redirect-host", "127.0.0.1");

        assertThat(cli.shown().get(0).getRawQuery()).contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A");
    }

    @Test
    void login_promptAndAccount_reachTheAuthority() {
        cli.succeed("login", "--prompt", "login", "--account", Cli.ALICE);

        assertThat(cli.shown().get(0).getQuery()).contains("prompt=login", "login_hint=" + Cli.ALICE);
    }
}
