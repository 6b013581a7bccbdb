package dev.latchkey.core.cache;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Answers of a token endpoint from few parts, so that they get into each other's way. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Map<String, String> FAMILIES = Map.of("alpha", "1", "beta", "1", "Gamma", "");

    private Samples() {}

    static Arbitrary<String> clients() {
        return Arbitraries.of("alpha", "beta", "Gamma");
    }

    static Arbitrary<String> tenants() {
        return Arbitraries.of("t1", "T1", "t2", "");
    }

    static Arbitrary<Scopes> scopes() {
        return Arbitraries.of("read", "write", "Admin", "openid", "profile", "https://api.example/.default")
                .set()
                .ofMinSize(1)
                .map(Scopes::of);
    }

    static Arbitrary<AccessTokenEntry> accessTokens() {
        Arbitrary<String> types = Arbitraries.of("Bearer", "DPoP", "pop");
        Arbitrary<String> resources =
                Arbitraries.of("https://a.example", "https://b.example/x-y").injectNull(0.5);
        Arbitrary<String> keys = Arbitraries.of("k1", "k2").injectNull(0.7);
        Arbitrary<String> variants = Arbitraries.of(
                        "digest",
                        "claims:digest",
                        "components:{\"fmi_path\":\"a/b\"}",
                        "components:broken",
                        "extended:mark",
                        "extended:mark\nclaims:digest")
                .injectNull(0.5);
        Arbitrary<List<Integer>> times =
                Arbitraries.integers().between(1, 100_000).list().ofSize(4);
        Arbitrary<AccessTokenEntry.Builder> plain =
                Combinators.combine(clients(), tenants(), scopes(), secrets()).as(AccessTokenEntry::builder);
        return Combinators.combine(plain, types, resources, keys, variants, times)
                .as((token, type, resource, key, variant, at) -> token.tokenType(type)
                        .resource(resource)
                        .keyId(key)
                        .variant(variant)
                        .valid(NOW.minusSeconds(at.get(0)), NOW.plusSeconds(at.get(1)))
                        .extendedExpiresOn(at.get(2) % 2 == 0 ? null : NOW.plusSeconds(at.get(2)))
                        .refreshOn(at.get(3) % 2 == 0 ? null : NOW.plusSeconds(at.get(3)))
                        .build());
    }

    /** Answers about one person. */
    static Arbitrary<TokenRecord> answers(PartitionKey person) {
        Arbitrary<Account> accounts = Combinators.combine(Arbitraries.just(person), tenants(), names(), names())
                .as((key, tenant, name, hint) -> Account.of(
                        key,
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
                        null));
        return Combinators.combine(
                        accounts,
                        accessTokens(),
                        secrets(),
                        secrets(),
                        Arbitraries.integers().between(0, 3))
                .as((account, token, refresh, id, which) -> new TokenRecord(
                        account,
                        which == 0 ? null : new IdTokenEntry(token.clientId(), account.tenantId(), id),
                        token,
                        which == 1 ? null : refreshToken(token.clientId(), refresh, which),
                        new AppMetadata(token.clientId(), FAMILIES.get(token.clientId()))));
    }

    private static RefreshTokenEntry refreshToken(String client, Secret secret, int which) {
        return new RefreshTokenEntry(
                client, which == 2 ? FAMILIES.get(client) : null, secret, which == 3 ? NOW.plusSeconds(9) : null);
    }

    static Arbitrary<Secret> secrets() {
        return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12).map(Secret::of);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(5).injectNull(0.3);
    }

    static Arbitrary<Partition> partitions(PartitionKey person) {
        return answers(person).list().ofMaxSize(8).map(answers -> saved(answers));
    }

    static Partition saved(List<TokenRecord> answers) {
        Partition partition = Partition.EMPTY;
        for (TokenRecord answer : answers) {
            partition = partition.save(answer, NOW);
        }
        return partition;
    }
}
