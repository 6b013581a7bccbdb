package dev.latchkey.core.cache;

import static org.instancio.Instancio.gen;

import dev.latchkey.core.AnyText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a token endpoint from few parts, so that they get into each other's way. Each call draws anew; a test that
 * fails names the seed with which the same is drawn again.
 */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Map<String, String> FAMILIES = Map.of("alpha", "1", "beta", "1", "Gamma", "");

    private Samples() {}

    static AccessTokenEntry accessToken() {
        return AccessTokenEntry.builder(client(), tenant(), scopes(), secret())
                .tokenType(oneOf("Bearer", "DPoP", "pop"))
                .resource(maybe(2, () -> oneOf("https://a.example", "https://b.example/x-y")))
                .keyId(maybe(3, () -> oneOf("k1", "k2")))
                .variant(maybe(2, Samples::variant))
                .valid(NOW.minusSeconds(upTo(100_000)), NOW.plusSeconds(upTo(100_000)))
                .extendedExpiresOn(maybe(2, () -> NOW.plusSeconds(upTo(100_000))))
                .refreshOn(maybe(2, () -> NOW.plusSeconds(upTo(100_000))))
                .build();
    }

    private static String variant() {
        return oneOf(
                "digest",
                "claims:digest",
                "components:{\"fmi_path\":\"a/b\"}",
                "components:broken",
                "extended:mark",
                "extended:mark\nclaims:digest");
    }

    /** Answers about one person, saved one after the other. */
    static Partition partition(PartitionKey person) {
        Partition partition = Partition.EMPTY;
        for (int i = upTo(9); i > 1; i--) {
            partition = partition.save(answer(person), NOW);
        }
        return partition;
    }

    /** What an application gets for itself: access tokens of one client. */
    static Partition application(String client) {
        Partition partition = Partition.EMPTY;
        for (int i = upTo(5); i > 1; i--) {
            AccessTokenEntry token = accessToken();
            if (token.clientId().equals(client)) {
                partition = partition.save(new TokenRecord(null, null, token, null, null), NOW);
            }
        }
        return partition;
    }

    static TokenRecord answer(PartitionKey person) {
        Account account = account(person);
        AccessTokenEntry token = accessToken();
        String client = token.clientId();
        IdTokenEntry idToken = maybe(4, () -> new IdTokenEntry(client, account.tenantId(), secret()));
        return new TokenRecord(
                account,
                idToken,
                token,
                maybe(4, () -> refreshToken(client)),
                new AppMetadata(client, FAMILIES.get(client)));
    }

    private static Account account(PartitionKey person) {
        String tenant = tenant();
        String name = maybe(3, () -> AnyText.of(1, 5));
        String hint = maybe(3, () -> AnyText.of(1, 5));
        return Account.of(
                person,
                AuthorityType.MSSTS,
                new TenantProfile(
                        tenant,
                        "local in " + tenant,
                        name,
                        name,
                        tenant.equalsIgnoreCase("t1"),
                        hint,
                        hint,
                        name,
                        name == null ? List.of() : List.of(name)),
                null);
    }

    private static RefreshTokenEntry refreshToken(String client) {
        return new RefreshTokenEntry(
                client,
                maybe(2, () -> FAMILIES.get(client)),
                secret(),
                maybe(2, () -> NOW.plusSeconds(9)),
                maybe(3, () -> oneOf("https://api.example", "urn:other")));
    }

    private static String client() {
        return oneOf("alpha", "beta", "Gamma");
    }

    private static String tenant() {
        return oneOf("t1", "T1", "t2", "");
    }

    private static Scopes scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (int i = upTo(6); i > 0; i--) {
            scopes.add(oneOf("read", "write", "Admin", "openid", "profile", "https://api.example/.default"));
        }
        return Scopes.of(scopes);
    }

    private static Secret secret() {
        return Secret.of(AnyText.of(1, 12));
    }

    private static String oneOf(String... values) {
        return gen().oneOf(values).get();
    }

    private static int upTo(int most) {
        return gen().ints().range(1, most).get();
    }

    /** Null once in so many draws. */
    private static <T> @Nullable T maybe(int times, Supplier<@Nullable T> value) {
        return upTo(times) == 1 ? null : value.get();
    }
}
