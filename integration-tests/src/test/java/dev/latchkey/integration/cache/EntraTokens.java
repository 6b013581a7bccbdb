package dev.latchkey.integration.cache;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An Entra user with one home tenant, who is a guest in another. */
final class EntraTokens {
    static final String CLIENT = "11111111-1111-1111-1111-111111111111";
    static final String OTHER_CLIENT = "22222222-2222-2222-2222-222222222222";
    static final String UID = "aaaaaaaa-0000-0000-0000-000000000001";
    static final String HOME = "bbbbbbbb-0000-0000-0000-000000000001";
    static final String GUEST = "cccccccc-0000-0000-0000-000000000001";
    static final String GUEST_OID = "dddddddd-0000-0000-0000-000000000001";
    static final String CACHE_HOST = "login.windows.net";
    static final String HOST = "login.microsoftonline.com";
    static final ClientInfo CLIENT_INFO = new ClientInfo(UID, HOME);
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private EntraTokens() {}

    static Account account(String tenant) {
        return Account.of(
                AccountAuthority.ofCloud(CACHE_HOST), CLIENT_INFO, claims(CLIENT, tenant), idToken(CLIENT, tenant));
    }

    static TokenRecord answer(String client, String tenant, String scopes, String secret) {
        return new TokenRecord(
                account(tenant),
                new IdTokenEntry(client, tenant, idToken(client, tenant)),
                accessToken(client, tenant, scopes, secret).build(),
                new RefreshTokenEntry(client, null, Secret.of("refresh-" + client), null),
                new AppMetadata(client, null));
    }

    static AccessTokenEntry.Builder accessToken(String client, String tenant, String scopes, String secret) {
        return AccessTokenEntry.builder(client, tenant, Scopes.parse(scopes), Secret.of(secret))
                .valid(NOW, NOW.plus(Duration.ofHours(1)))
                .extendedExpiresOn(NOW.plus(Duration.ofHours(2)));
    }

    static JsonObject claims(String client, String tenant) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://" + HOST + "/" + tenant + "/v2.0");
        claims.put("aud", client);
        claims.put("sub", "sub-in-" + tenant);
        claims.put("oid", tenant.equals(HOME) ? UID : GUEST_OID);
        claims.put("tid", tenant);
        claims.put("preferred_username", tenant.equals(HOME) ? "ada@home.example" : "ada@guest.example");
        claims.put("name", "Ada Lovelace");
        claims.put("exp", NOW.plus(Duration.ofHours(1)).getEpochSecond());
        return JsonObject.of(claims);
    }

    static Secret idToken(String client, String tenant) {
        return Secret.of(encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + encode(Json.write(claims(client, tenant))) + ".c2lnbmF0dXJl");
    }

    /** The response of the token endpoint. */
    static Map<String, Object> tokenAnswer(String client, String tenant, String scopes, String secret) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("scope", scopes);
        answer.put("expires_in", 3600);
        answer.put("ext_expires_in", 7200);
        answer.put("access_token", secret);
        answer.put("refresh_token", "refresh-from-answer");
        answer.put("id_token", idToken(client, tenant).reveal());
        answer.put("client_info", encode(Json.write(Map.of("uid", UID, "utid", HOME))));
        return answer;
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
