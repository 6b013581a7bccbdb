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
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every sequence of answers and every question. */
@ExtendWith(InstancioExtension.class)
class PartitionPropertiesTest {
    private static final PartitionKey ADA = PartitionKey.user("host", "ada.t1");
    private static final PartitionKey BOB = PartitionKey.user("host", "ADA.t1");

    @Test
    void lookup_neverCrossesClientTenantResourceKeyVariantOrType() {
        for (int i = 0; i < 2000; i++) {
            assertNothingCrossed(Samples.partition(ADA), Samples.accessToken());
        }
    }

    private static void assertNothingCrossed(Partition partition, AccessTokenEntry asked) {
        AccessTokenEntry found = partition.accessToken(queryFor(asked));

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

    @Test
    void saveThenLookup_findsTheTokenJustSaved() {
        for (int i = 0; i < 1000; i++) {
            assertFoundOnceSaved(Samples.partition(ADA), Samples.answer(ADA));
        }
    }

    private static void assertFoundOnceSaved(Partition before, TokenRecord answer) {
        AccessTokenEntry saved = Objects.requireNonNull(answer.accessToken());

        Partition after = before.save(answer, NOW);

        AccessTokenEntry found = after.accessToken(queryFor(saved));
        assertThat(after.accessTokens()).contains(saved);
        assertThat(found).isNotNull();
        if (!isOfDefaultsOnly(saved.target())) {
            assertThat(found).isSameAs(saved);
        }
    }

    @Test
    void save_anything_holdsOneEntryForEachHolder() {
        for (int i = 0; i < 500; i++) {
            assertOneEntryForEachHolder(Samples.partition(ADA));
        }
    }

    private static void assertOneEntryForEachHolder(Partition partition) {
        assertThat(partition.idTokens().stream()
                        .map(t -> t.clientId() + "|" + t.realm().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(partition.refreshTokens().stream()
                        .map(t -> (t.familyId() == null ? "own " + t.clientId() : "family " + t.familyId()) + " for "
                                + t.resource()))
                .doesNotHaveDuplicates();
        assertThat(partition.accounts().stream().map(a -> a.tenantId().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutClient_leavesNothingOfTheClientAndAllOfTheOthers() {
        for (int i = 0; i < 500; i++) {
            assertOnlyTheClientIsGone(Samples.partition(ADA));
        }
    }

    private static void assertOnlyTheClientIsGone(Partition partition) {
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

    @Test
    void partitionCodec_roundTrip_keepsEverything() {
        for (int i = 0; i < 500; i++) {
            assertDecodedAsEncoded(Samples.partition(ADA));
        }
    }

    private static void assertDecodedAsEncoded(Partition partition) {
        assertThat(PartitionCodec.decode(ADA, PartitionCodec.encode(ADA, partition)))
                .isEqualTo(partition);
    }

    @Test
    void unifiedCache_roundTrip_keepsEverythingApart() throws JsonException {
        for (int i = 0; i < 500; i++) {
            assertReadAsWritten(Samples.partition(ADA), Samples.partition(BOB), Samples.application("alpha"));
        }
    }

    private static void assertReadAsWritten(Partition ada, Partition bob, Partition app) throws JsonException {
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
}
