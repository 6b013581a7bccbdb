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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
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

        Cli.Ended ended = cli.run("login", "--timeout", "1");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("timed_out", "--timeout allows more time");
    }

    @Test
    void login_whereThereIsNoBrowser_pointsToTheDeviceCode() {
        cli.browser(uri -> {
            throw new BrowserAuthException(ErrorCodes.NO_BROWSER, "no browser can be opened here");
        });

        Cli.Ended ended = cli.run("login");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no_browser", "--device-code", "--no-browser");
    }

    @Test
    void login_withoutBrowser_printsTheAddressOnStandardError() {
        Cli.Ended ended = cli.run("login", "--no-browser", "--timeout", "1");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(authority.oidcIssuer() + "/authorize?client_id=demo-app");
        assertThat(cli.shown()).isEmpty();
    }

    @Test
    void login_onAnotherDevice_asksForTheCodeThere() {
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

        assertThat(cli.succeed("login", "--device-code")).startsWith("Signed in as alice@contoso.example");
        assertThat(cli.shown()).isEmpty();
        assertThat(cli.succeed("token")).isNotEmpty();
    }

    @Test
    void login_onAnotherDeviceNobodyUses_endsWithFourAfterTheTimeout() {
        Cli.Ended ended = cli.run("login", "--device-code", "--timeout", "1");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("timed_out");
    }

    @Test
    void login_onAnotherDeviceWithAPrompt_endsWithTwo() {
        assertThat(cli.run("login", "--device-code", "--prompt", "login").code())
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
        Cli.Ended ended = cli.run("login", "--client-id", "no-such-app", "--timeout", "1");

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
