package dev.latchkey.core.cache;

import static dev.latchkey.core.cache.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.JsonException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for every sequence of answers and every question. */
class PartitionPropertiesTest {
    private static final PartitionKey ADA = PartitionKey.user("host", "ada.t1");
    private static final PartitionKey BOB = PartitionKey.user("host", "ADA.t1");

    @Property(tries = 2000)
    void lookup_neverCrossesClientTenantResourceKeyVariantOrType(
            @ForAll("adas") Partition partition, @ForAll("queries") AccessTokenEntry asked) {
        AccessTokenQuery query = queryFor(asked);

        AccessTokenEntry found = partition.accessToken(query);

        if (found != null) {
            assertThat(found.clientId()).isEqualTo(asked.clientId());
            assertThat(found.realm()).isEqualToIgnoringCase(asked.realm());
            assertThat(found.tokenType()).isEqualToIgnoringCase(asked.tokenType());
            assertThat(found.resource()).isEqualTo(asked.resource());
            assertThat(found.keyId()).isEqualTo(asked.keyId());
            assertThat(found.variant()).isEqualTo(asked.variant());
            assertThat(found.target().containsAll(asked.target().forLookup())).isTrue();
        }
    }

    @Property(tries = 1000)
    void saveThenLookup_findsTheTokenJustSaved(
            @ForAll("adas") Partition before, @ForAll("answersOfAda") TokenRecord answer) {
        AccessTokenEntry saved = Objects.requireNonNull(answer.accessToken());

        Partition after = before.save(answer, NOW);

        AccessTokenEntry found = after.accessToken(queryFor(saved));
        assertThat(after.accessTokens()).contains(saved);
        assertThat(found).isNotNull();
        if (!isOfDefaultsOnly(saved.target())) {
            assertThat(found).isSameAs(saved);
        }
    }

    @Property(tries = 500)
    void save_anything_holdsOneEntryForEachHolder(@ForAll("adas") Partition partition) {
        assertThat(partition.idTokens().stream()
                        .map(t -> t.clientId() + "|" + t.realm().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(partition.refreshTokens().stream()
                        .map(t -> t.familyId() == null ? "own " + t.clientId() : "family " + t.familyId()))
                .doesNotHaveDuplicates();
        assertThat(partition.accounts().stream().map(a -> a.tenantId().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 500)
    void withoutClient_leavesNothingOfTheClientAndAllOfTheOthers(@ForAll("adas") Partition partition) {
        Partition rest = partition.withoutClient("alpha");

        assertThat(rest.accessTokens())
                .containsExactlyElementsOf(partition.accessTokens().stream()
                        .filter(t -> !t.clientId().equals("alpha"))
                        .toList());
        assertThat(rest.refreshToken("alpha")).isNull();
        assertThat(rest.familyOf("alpha")).isNull();
        assertThat(rest.refreshTokenFor("alpha")).isNull();
        if (!rest.isEmpty()) {
            assertThat(rest.refreshToken("beta")).isEqualTo(partition.refreshToken("beta"));
            assertThat(rest.isUsedBy("alpha")).isFalse();
        }
    }

    @Property(tries = 500)
    void partitionCodec_roundTrip_keepsEverything(@ForAll("adas") Partition partition) {
        assertThat(PartitionCodec.decode(ADA, PartitionCodec.encode(ADA, partition)))
                .isEqualTo(partition);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void unifiedCache_roundTrip_keepsEverythingApart(
            @ForAll("adas") Partition ada, @ForAll("bobs") Partition bob, @ForAll("apps") Partition app)
            throws JsonException {
        Map<PartitionKey, Partition> all = withoutEmpty(Map.of(
                ADA,
                ada,
                BOB,
                bob,
                PartitionKey.applicationTokens("host", "alpha"),
                app,
                PartitionKey.onBehalfOf("host", "hash-of-assertion"),
                app));

        Map<PartitionKey, Partition> read = UnifiedCache.read(UnifiedCache.write(all));

        assertThat(read).containsOnlyKeys(all.keySet());
        all.forEach((key, partition) -> assertSame(read.get(key), partition));
    }

    /** What is known of clients stands in the file once for all: a partition may learn of its family's other members. */
    private static void assertSame(Partition read, Partition written) {
        assertThat(read.accessTokens()).isEqualTo(written.accessTokens());
        assertThat(read.refreshTokens()).isEqualTo(written.refreshTokens());
        assertThat(read.idTokens()).isEqualTo(written.idTokens());
        assertThat(read.accounts()).isEqualTo(written.accounts());
        assertThat(read.accounts().stream().map(Account::profile))
                .isEqualTo(written.accounts().stream().map(Account::profile).toList());
        for (AppMetadata metadata : written.appMetadata) {
            assertThat(read.appMetadata(metadata.clientId())).isEqualTo(metadata);
        }
    }

    private static Map<PartitionKey, Partition> withoutEmpty(Map<PartitionKey, Partition> all) {
        Map<PartitionKey, Partition> rest = new HashMap<>(all);
        rest.values().removeIf(Partition::isEmpty);
        return rest;
    }

    private static AccessTokenQuery queryFor(AccessTokenEntry token) {
        return AccessTokenQuery.of(token.clientId(), token.realm(), token.target())
                .boundTo(token.tokenType(), token.keyId())
                .resource(token.resource())
                .variant(token.variant());
    }

    private static boolean isOfDefaultsOnly(Scopes scopes) {
        return scopes.values().stream().allMatch(List.of("openid", "profile")::contains);
    }

    @Provide
    Arbitrary<Partition> adas() {
        return Samples.partitions(ADA);
    }

    @Provide
    Arbitrary<Partition> bobs() {
        return Samples.partitions(BOB);
    }

    /** What an application gets for itself: access tokens of one client. */
    @Provide
    Arbitrary<Partition> apps() {
        return Samples.accessTokens()
                .filter(token -> token.clientId().equals("alpha"))
                .map(token -> new TokenRecord(null, null, token, null, null))
                .list()
                .ofMaxSize(4)
                .map(Samples::saved);
    }

    @Provide
    Arbitrary<TokenRecord> answersOfAda() {
        return Samples.answers(ADA);
    }

    @Provide
    Arbitrary<AccessTokenEntry> queries() {
        return Samples.accessTokens();
    }
}
