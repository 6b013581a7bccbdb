package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.store.Lease;
import dev.latchkey.store.file.FileTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class TokenCommandTest {
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
    void token_nobodySignedIn_endsWithThreeAndAsksNobody() {
        Cli.Ended ended = cli.run("token");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("latchkey: no_account_found: nobody has signed in", "what to do", "latchkey login")
                .doesNotContain("\tat ");
        assertThat(authority.requests().all()).isEmpty();
    }

    @Test
    void token_signedIn_printsTheTokenAloneAndFromTheCache() {
        cli.succeed("login");
        authority.requests().clear();

        Cli.Ended ended = cli.run("token");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\R");
        assertThat(ended.err()).isEmpty();
        assertThat(authority.requests().all()).isEmpty();
    }

    @Test
    void token_asJson_saysWhatBelongsToIt() {
        cli.succeed("login");
        String token = cli.succeed("token").strip();

        JsonObject json = json(cli.succeed("token", "--json"));

        assertThat(json.string("access_token")).isEqualTo(token);
        assertThat(json.string("token_type")).isEqualTo("Bearer");
        assertThat(json.number("expires_on"))
                .isGreaterThan(authority.clock().instant().getEpochSecond());
        assertThat(json.strings("scopes")).contains("User.Read");
        assertThat(json.string("authority")).isEqualTo(authority.oidcIssuer().toString());
        assertThat(json.isTrue("from_cache")).isTrue();
        assertThat(json.object("account").string("username")).isEqualTo(Cli.ALICE);
        assertThat(json.has("resource")).isFalse();
    }

    @Test
    void token_forcedToRefresh_isAnotherOne() {
        cli.succeed("login");
        String first = cli.succeed("token");

        String second = cli.succeed("token", "--force-refresh");

        assertThat(second).isNotEqualTo(first);
        assertThat(cli.succeed("token")).isEqualTo(second);
        authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
    }

    @Test
    void token_scopeWithoutConsent_endsWithThree() {
        cli.succeed("login");

        Cli.Ended ended = cli.run("token", "--scope", "Mail.Read");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("invalid_scope", "endpoint", "correlation id", "--interactive");
    }

    @Test
    void token_scopeWithoutConsentButInteractive_asksAndPrints() {
        cli.succeed("login");

        String token = cli.succeed("token", "--scope=Mail.Read", "--interactive");

        assertThat(token.strip()).isNotEmpty().doesNotContainAnyWhitespaces();
        assertThat(cli.shown()).hasSize(2);
        assertThat(cli.succeed("token", "--scope", "Mail.Read")).isEqualTo(token);
    }

    @Test
    void token_thatWasNotIssued_isAFailureAndNotAnEmptyLine() {
        authority.faults().on(Endpoint.TOKEN).answer(Fault.without("access_token"));

        for (String form : List.of("--verbose", "--json")) {
            Cli.Ended ended = cli.run("token", "--scope", "openid", "--interactive", form);

            assertThat(ended.code()).isPositive();
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("null_or_empty_token", "--scope");
        }
    }

    @Test
    void token_withoutCache_isGoneAfterwards() {
        assertThat(cli.run("token", "--no-cache", "--interactive").code()).isZero();
        assertThat(cli.run("token").code()).isEqualTo(3);
    }

    @Test
    void token_ofAnEntraShapedAuthority_servesTheApi() {
        String[] entra = {"--authority", authority.entraAuthority("contoso").toString(), "--authority-type", "entra"};
        cli.succeed("login", entra[0], entra[1], entra[2], entra[3]);

        JsonObject json = json(cli.succeed("token", entra[0], entra[1], entra[2], entra[3], "--json"));

        assertThat(json.string("tenant"))
                .isEqualTo(authority.tenant("contoso").id().toString());
        assertThat(json.isTrue("from_cache")).isTrue();
        assertThat(cli.run("token").code())
                .as("the account of one authority is nobody at another")
                .isEqualTo(3);
    }

    @Test
    void token_ofAnAccountThatIsNotThere_endsWithThree() {
        cli.succeed("login");

        Cli.Ended ended = cli.run("token", "--account", "bob@contoso.example");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("bob@contoso.example has not signed in");
        assertThat(cli.succeed("token", "--account", "ALICE@contoso.example")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--timeout 0, --timeout must be an integer from 1 to 86400",
        "--timeout soon, --timeout must be",
        "--authority-type okta, '--authority-type must be entra, b2c, ciam, adfs, oidc or oauth, not: okta'",
        "--scope a\"b, not a scope",
        "--redirect-path nowhere, the redirect URI is not valid",
        "--cache x --no-cache, --cache and --no-cache cannot be combined",
        "--autority x, Possible solutions: --authority",
        "--client-id, Missing required parameter",
        "--json=yes, '--json'",
        "extra, Unmatched argument",
    })
    void token_commandLineThatCannotBe_endsWithTwo(String words, String message) {
        cli.succeed("login");

        Cli.Ended ended = cli.run(("token " + words).split(" "));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(message, "Try: latchkey token --help");
    }

    @Test
    void token_withoutAClientId_saysWhatToSet() {
        Cli.Ended ended = new Cli(folder).run("token", "--authority", "https://id.example");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("missing --client-id; add it, or set LATCHKEY_CLIENT_ID");
    }

    @ParameterizedTest
    @CsvSource({
        "http://id.example, authority_uri_insecure, use an https address",
        "not an address, url_parse_error, correct the command line",
    })
    void token_authorityThatCannotBe_endsWithTwo(String address, String code, String advice) {
        Cli.Ended ended = cli.run("token", "--authority", address);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(code, advice);
    }

    @Test
    void token_authorityDown_endsWithFive() {
        cli.succeed("login");
        authority.close();

        Cli.Ended ended = cli.run("token", "--force-refresh");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("check the address and the network").doesNotContain("\tat ");
        assertThat(cli.succeed("token")).isNotBlank();
    }

    @Test
    void token_authorityBroken_endsWithFiveAndSaysWhenToTryAgain() {
        cli.succeed("login");
        authority.faults().on(Endpoint.TOKEN).answer(Fault.tooManyRequests(Duration.ofSeconds(17)));

        Cli.Ended ended = cli.run("token", "--force-refresh");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).contains("17 s");
    }

    @Test
    void token_authorityThatNeverAnswers_endsWithFiveAfterTheTimeout() {
        cli.succeed("login");
        authority.faults().on(Endpoint.TOKEN).answer(Fault.hang());

        Cli.Ended ended = cli.run("token", "--force-refresh", "--timeout", "1");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("timed_out");
        awaitEndOfRenewal();
    }

    /** The command has given up, but in this process its renewal goes on for a moment, in a directory that is about to go. */
    private void awaitEndOfRenewal() {
        FileTokenStore store = FileTokenStore.builder(folder.resolve("cache"))
                .withoutKeychain()
                .open();
        for (PartitionKey key : store.list()) {
            Lease lease = store.tryLease(key, Duration.ofMinutes(1));
            while (lease == null) {
                assertThat(Thread.interrupted()).isFalse();
                lease = store.tryLease(key, Duration.ofMinutes(1));
            }
            lease.close();
        }
        store.close();
    }

    @Test
    void token_failureAsJson_isOneObjectOnStandardError() {
        Cli.Ended ended = cli.run("token", "--json");

        JsonObject error = json(ended.err()).object("error");
        assertThat(ended.out()).isEmpty();
        assertThat(error.string("code")).isEqualTo("no_account_found");
        assertThat(error.number("exit_code")).isEqualTo(3);
        assertThat(error.string("what_to_do")).contains("latchkey login");
    }

    @Test
    void token_storeThatCannotBeRead_endsWithSix() throws IOException {
        cli.succeed("login");
        Files.writeString(folder.resolve("cache").resolve("keys"), "nonsense");

        Cli.Ended ended = cli.runWithoutStore("token");

        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("cache_", "--cache");
    }

    @Test
    void token_verbose_tellsMoreOnStandardErrorAlone() {
        cli.succeed("login");
        authority.close();

        Cli.Ended ended = cli.run("token", "--force-refresh", "--verbose");

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("\tat dev.latchkey");
    }

    private static JsonObject json(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }
}
