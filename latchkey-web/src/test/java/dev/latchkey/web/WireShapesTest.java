package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of results, accounts and errors, member by member. */
final class WireShapesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String ID_TOKEN = "e30."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"sub\":\"sub\",\"oid\":\"alice\"}".getBytes(StandardCharsets.UTF_8))
            + ".c2ln";
    private static final Account ALICE = Account.of(
            PartitionKey.user("login.example", "alice.t1"),
            AuthorityType.MSSTS,
            new TenantProfile("t1", "alice", "alice@example.com", "Alice", true, "hint", "sid", null, List.of()),
            Secret.of(ID_TOKEN));

    private final WireJson inPage = new WireJson(true);
    private final WireJson onServer = new WireJson(false);

    private static AuthenticationResult result(AccessTokenEntry.Builder token, String call, String state) {
        AccessTokenEntry entry = token.valid(NOW, NOW.plusSeconds(3600)).build();
        Partition partition = Partition.EMPTY.save(
                new TokenRecord(ALICE, new IdTokenEntry("client", "t1", Secret.of(ID_TOKEN)), entry, null, null), NOW);
        return AuthenticationResult.of(
                entry, partition, new AuthenticationResult.Origin("https://login.example/t1", true), call, state);
    }

    private static AccessTokenEntry.Builder token() {
        return AccessTokenEntry.builder("client", "t1", Scopes.parse("User.Read"), Secret.of("access"));
    }

    @Test
    void result_withEverything_tellsEachMember() {
        Map<String, Object> json = inPage.result(result(
                token().resource("https://api.example/")
                        .extendedExpiresOn(NOW.plusSeconds(7200))
                        .refreshOn(NOW.plusSeconds(1800)),
                "call-7",
                "mine"));

        assertThat(json)
                .containsEntry("authority", "https://login.example/t1")
                .containsEntry("uniqueId", "alice")
                .containsEntry("tenantId", "t1")
                .containsEntry("idToken", ID_TOKEN)
                .containsEntry("idTokenClaims", JsonObject.of(Map.of("sub", "sub", "oid", "alice")))
                .containsEntry("accessToken", "access")
                .containsEntry("fromCache", true)
                .containsEntry("expiresOn", NOW.plusSeconds(3600).toEpochMilli())
                .containsEntry("extExpiresOn", NOW.plusSeconds(7200).toEpochMilli())
                .containsEntry("refreshOn", NOW.plusSeconds(1800).toEpochMilli())
                .containsEntry("tokenType", "Bearer")
                .containsEntry("correlationId", "call-7")
                .containsEntry("state", "mine")
                .containsEntry("resource", "https://api.example/")
                .containsEntry("account", inPage.account(ALICE))
                .hasSize(16);
        assertThat(json.get("scopes")).asString().contains("User.Read");
    }

    @Test
    void result_withLittle_tellsTheRestAsEmpty() {
        Map<String, Object> json = inPage.result(result(token(), null, null));

        assertThat(json)
                .containsEntry("correlationId", "")
                .containsEntry("state", "")
                .containsEntry("extExpiresOn", null)
                .containsEntry("refreshOn", null)
                .containsEntry("resource", null);
    }

    /** Neither access token nor ID token, which an injected script could steal. */
    @Test
    void tokens_thatStayOnTheServer_standNowhere() {
        Map<String, Object> json = onServer.result(result(token(), null, null));

        assertThat(json).containsEntry("accessToken", "").containsEntry("idToken", "");
        assertThat(Json.write(json)).doesNotContain(ID_TOKEN).doesNotContain("\"access\"");
        assertThat(onServer.account(ALICE)).containsEntry("idToken", null);
    }

    @Test
    void account_tellsEachMember() {
        assertThat(inPage.account(ALICE))
                .containsEntry("homeAccountId", "alice.t1")
                .containsEntry("environment", "login.example")
                .containsEntry("tenantId", "t1")
                .containsEntry("localAccountId", "alice")
                .containsEntry("username", "alice@example.com")
                .containsEntry("name", "Alice")
                .containsEntry("authorityType", "MSSTS")
                .containsEntry("loginHint", "hint")
                .containsEntry("idToken", ID_TOKEN)
                .containsEntry("idTokenClaims", ALICE.idTokenClaims())
                .hasSize(11);
        assertThat(Json.write(inPage.account(ALICE)))
                .contains("\"tenantProfiles\":[{\"tenantId\":\"t1\",\"localAccountId\":\"alice\",\"name\":\"Alice\","
                        + "\"username\":\"alice@example.com\",\"isHomeTenant\":true}]");
    }

    /** Creates an error from a code and a text. */
    private static final Map<String, Function<ErrorDetails, AuthException>> ERRORS = Map.of(
            "InteractionRequiredAuthError", InteractionRequiredAuthException::new,
            "ClientConfigurationError", ClientConfigurationException::new,
            "ClientAuthError", ClientAuthException::new,
            "BrowserAuthError", BrowserAuthException::new,
            "NetworkError", NetworkException::new,
            "CacheError", CacheException::new,
            "ServerError", ServerException::new);

    @ParameterizedTest
    @CsvSource({
        "InteractionRequiredAuthError,401",
        "ClientConfigurationError,400",
        "ClientAuthError,502",
        "BrowserAuthError,400",
        "NetworkError,502",
        "CacheError,503",
        "ServerError,502"
    })
    void error_isToldByNameAndByWhoseTurnItIs(String name, int status) throws Exception {
        ErrorDetails details = ErrorDetails.of("some_code", "a text");
        AuthException error = ERRORS.get(name).apply(details);
        AuthException later = ERRORS.get(name).apply(details.retryAfter(Duration.ofSeconds(7)));

        JsonObject told = Json.parseObject(Json.write(WireJson.error(error))).object("error");

        assertThat(told.string("name")).isEqualTo(name);
        assertThat(told.string("errorCode")).isEqualTo("some_code");
        assertThat(WireJson.statusOf(error)).isEqualTo(status);
        assertThat(WireJson.statusOf(later)).isEqualTo(429);
        assertThat(Json.write(WireJson.error(later))).contains("\"retryAfter\":7");
    }

    @Test
    void error_withEverything_tellsEachMember() throws Exception {
        AuthException error = new ServerException(ErrorDetails.of("some_code", "a text")
                .subError("sub")
                .claims("{}")
                .correlationId("call-7"));

        JsonObject told = Json.parseObject(Json.write(WireJson.error(error))).object("error");

        assertThat(told.string("subError")).isEqualTo("sub");
        assertThat(told.string("claims")).isEqualTo("{}");
        assertThat(told.string("correlationId")).isEqualTo("call-7");
        assertThat(told.string("errorMessage")).contains("a text");
        assertThat(told.asMap()).containsEntry("retryAfter", null).hasSize(7);
    }

    /** The claims, which a page must request again, are kept wherever there is room for them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void errorForACookie_thatJustFits_isWhole(int more) {
        ServerException bare =
                new ServerException(ErrorDetails.of("code", "text").claims(""));
        int room = 1500 - Json.write(WireJson.error(bare)).length();
        AuthException error =
                new ServerException(ErrorDetails.of("code", "text").claims("c".repeat(room + more)));

        String text = WireJson.shortError(error);

        assertThat(text.length() == 1500).isEqualTo(more == 0);
        assertThat(text.contains("claims")).isEqualTo(more == 0);
        assertThat(text).contains("\"errorCode\":\"code\"", "text", "ServerError");
    }

    @Test
    void failureOfTheServer_tellsNothingOfIt() {
        assertThat(Json.write(WireJson.unexpected()))
                .contains("\"unexpected_error\"", "\"AuthError\"", "the server failed");
    }
}
