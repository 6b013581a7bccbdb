package dev.latchkey.testkit;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.ActiveAccount;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * Sample partitions: some carry a number that can be read back, others hold everything that a user's partition can.
 */
final class SamplePartitions {
    static final String CLIENT = "client-1";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private SamplePartitions() {}

    /** A user's partition whose refresh token contains the number. */
    static Partition numbered(long number) {
        return withRefreshToken(CLIENT, Long.toString(number));
    }

    /** A user's partition of another client. */
    static Partition ofClient(String clientId) {
        return withRefreshToken(clientId, "1");
    }

    private static Partition withRefreshToken(String clientId, String secret) {
        RefreshTokenEntry token = new RefreshTokenEntry(clientId, null, Secret.of(secret), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, token, null), NOW);
    }

    /** A partition that carries the number in an entry allowed for its kind. */
    static Partition numbered(PartitionKey key, long number) {
        return switch (key.kind()) {
            case USER -> numbered(number);
            case APPLICATION ->
                Partition.EMPTY.withActiveAccount(
                        new ActiveAccount(PartitionKey.user("login.example", "a.t1"), "t1", Long.toString(number)));
            case APPLICATION_TOKENS, ON_BEHALF_OF ->
                Partition.EMPTY.save(
                        new TokenRecord(
                                null, null, accessToken(key.id(), "s" + number).build(), null, null),
                        NOW);
            case BLOB -> Partition.of(new Blob(Long.toString(number), NOW.plusSeconds(3600)));
        };
    }

    /** The number in a user's partition; 0 if it is empty. */
    static long numberOf(Partition partition) {
        if (partition.isEmpty()) {
            return 0;
        }
        RefreshTokenEntry token = Objects.requireNonNull(partition.refreshToken(CLIENT));
        return Long.parseLong(token.secret().reveal());
    }

    /** The key of a user's full partition. */
    static PartitionKey keyOf(String person) {
        return account(person).partitionKey();
    }

    /** Account, ID token, access tokens of several kinds, refresh token and family of a user. */
    static Partition full(String person) {
        RefreshTokenEntry refreshToken =
                new RefreshTokenEntry(CLIENT, "1", Secret.of("refresh-" + person), NOW.plusSeconds(86_400));
        TokenRecord record = new TokenRecord(
                account(person),
                new IdTokenEntry(CLIENT, "t1", idToken(person)),
                accessToken(CLIENT, "User.Read " + person)
                        .refreshOn(NOW.plusSeconds(1800))
                        .build(),
                refreshToken,
                new AppMetadata(CLIENT, "1"));
        AccessTokenEntry bound = accessToken(CLIENT, "files.read")
                .resource("https://files.example/\u00e4 \"quoted\"")
                .extendedExpiresOn(NOW.plusSeconds(7200))
                .build();
        return Partition.EMPTY.save(record, NOW).save(new TokenRecord(null, null, bound, null, null), NOW);
    }

    private static AccessTokenEntry.Builder accessToken(String client, String scopes) {
        return AccessTokenEntry.builder(client, "t1", Scopes.parse(scopes), Secret.of("access-" + scopes))
                .valid(NOW, NOW.plusSeconds(3600));
    }

    private static Account account(String person) {
        return Account.of(
                AccountAuthority.ofCloud("login.example"),
                new ClientInfo(person, "t1"),
                claims(person),
                idToken(person));
    }

    private static JsonObject claims(String person) {
        return JsonObject.of(Map.of(
                "iss",
                "https://login.example/t1/v2.0",
                "sub",
                "sub-" + person,
                "oid",
                person,
                "tid",
                "t1",
                "preferred_username",
                person + "@example.com",
                "name",
                "\u540d\u524d " + person));
    }

    private static Secret idToken(String person) {
        byte[] claims = Json.write(claims(person)).getBytes(StandardCharsets.UTF_8);
        return Secret.of("e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + ".c2ln");
    }
}
