package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AccountsAndLogoutTest {
    private static final String BOB = "bob@contoso.example";

    @TempDir
    private Path folder;

    private LocalAuthority authority;
    private Cli cli;

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder()
                .user(User.of(Cli.ALICE, LocalAuthority.DEFAULT_PASSWORD))
                .user(User.of(BOB, LocalAuthority.DEFAULT_PASSWORD))
                .user(User.of("carol@contoso.example", LocalAuthority.DEFAULT_PASSWORD))
                .start();
        cli = new Cli(folder.resolve("cache"), authority);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void accounts_nobody_isAnEmptyList() {
        Cli.Ended ended = cli.run("accounts");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Nobody has signed in.");
        assertThat(cli.succeed("accounts", "--json")).isEqualTo("{\"accounts\":[]}" + System.lineSeparator());
    }

    @Test
    void accounts_two_marksTheLastOneToSignIn() {
        cli.succeed("login");
        signInBob();

        assertThat(cli.succeed("accounts").lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("* " + BOB + " (Bob)"))
                .anySatisfy(line -> assertThat(line).startsWith("  " + Cli.ALICE + " (Alice)"));
        assertThat(cli.succeed("accounts", "--json")).contains("\"active\":true", "\"active\":false");
    }

    @Test
    void token_ofTwoAccounts_isThatOfTheActiveOneOrTheOneNamed() {
        cli.succeed("login");
        String alices = cli.succeed("token");
        signInBob();

        assertThat(cli.succeed("token")).isNotEqualTo(alices);
        assertThat(cli.succeed("token", "--account", Cli.ALICE)).isEqualTo(alices);
    }

    @Test
    void token_ofSeveralAccountsAndNoneActive_asksForOne() {
        for (String name : List.of("carol@contoso.example", Cli.ALICE, BOB)) {
            signIn(name);
        }
        cli.browser(uri -> {});
        signOut(BOB);

        Cli.Ended ended = cli.run("token");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--account", Cli.ALICE, "carol@contoso.example");
        assertThat(cli.succeed("token", "--account", "carol@contoso.example")).isNotEmpty();
    }

    @Test
    void logout_revokesRemovesAndEndsTheSession() {
        cli.succeed("login");

        Cli.Ended ended = cli.run("logout");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Signed out alice@contoso.example");
        authority.verify().requests(Endpoint.REVOCATION).exactly(1);
        assertThat(cli.shown().get(1).toString()).startsWith(authority.oidcIssuer() + "/logout?");
        assertThat(cli.refreshTokens()).isEmpty();
        assertThat(cli.run("token").code()).isEqualTo(3);
    }

    @Test
    void logout_withoutBrowser_printsWhereTheSessionEnds() {
        cli.succeed("login");

        String printed = cli.succeed("logout", "--no-browser");

        assertThat(printed).startsWith(authority.oidcIssuer() + "/logout?").doesNotContain("id_token_hint");
        assertThat(cli.shown()).hasSize(1);
    }

    @Test
    void logout_whereThereIsNoBrowser_saysWhatToOpenWithoutTheToken() {
        cli.succeed("login");
        cli.browser(uri -> {
            throw new BrowserAuthException(ErrorCodes.NO_BROWSER, "none: " + uri);
        });

        Cli.Ended ended = cli.run("logout");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("open: " + authority.oidcIssuer() + "/logout?client_id=demo-app");
    }

    @Test
    void logout_asJson_saysWho() {
        cli.succeed("login");

        assertThat(cli.succeed("logout", "--json", "--no-browser"))
                .contains("\"username\":\"alice@contoso.example\"", "\"end_session_uri\":\"http")
                .doesNotContain("id_token_hint");
    }

    @Test
    void logout_ofOneOfTwo_leavesTheOther() {
        cli.succeed("login");
        signInBob();
        cli.browser(uri -> {});

        signOut(BOB);

        assertThat(cli.succeed("accounts").lines()).hasSize(1);
        assertThat(cli.succeed("token")).isNotEmpty();
    }

    @Test
    void logout_authorityDown_removesTheTokensAllTheSame() {
        cli.succeed("login");
        authority.close();

        Cli.Ended ended = cli.run("logout");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(cli.refreshTokens()).isEmpty();
        assertThat(cli.run("token").code()).isEqualTo(3);
    }

    @Test
    void logout_nobody_isNoFailure() {
        Cli.Ended ended = cli.run("logout");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("Nobody is signed in.");
    }

    private void signInBob() {
        signIn(BOB);
    }

    private void signIn(String username) {
        cli.browser(uri -> {
            Thread visit = new Thread(() -> ScriptedPerson.signsIn(username, LocalAuthority.DEFAULT_PASSWORD)
                    .visit(uri));
            visit.setDaemon(true);
            visit.start();
        });
        cli.succeed("login");
    }

    private void signOut(String username) {
        cli.succeed("logout", "--account", username);
    }
}
