package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.JsonException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A partition holds a thousand entries of each kind, whoever asks for how many tokens, and whatever a file says. */
@Timeout(60)
class PartitionBoundsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartitionKey KEY = PartitionKey.user("e", "h.t");
    private static final int MANY = PartitionEditor.MOST + 100;

    @Test
    void save_moreThanFits_theOldestGoes_andHomeStays() {
        Partition partition = Partition.EMPTY;
        for (int i = 0; i < MANY; i++) {
            partition = partition.save(record(i), NOW);
        }

        assertThat(partition.accessTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.idTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.refreshTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.accounts()).hasSize(PartitionEditor.MOST);
        assertThat(partition.accessTokens().get(0).target()).isEqualTo(Scopes.of("s100"));
        assertThat(partition.account("t" + (MANY - 1))).isNotNull();
        assertThat(partition.account("t50")).isNull();
        assertThat(partition.account("t0")).as("home").isNotNull();
        assertThat(partition.refreshToken("c" + (MANY - 1))).isNotNull();
    }

    @Test
    void read_moreThanFits_theRestIsLeftOut() throws JsonException {
        String file = "{\"Account\":{" + entries("\"authority_type\":\"MSSTS\",\"realm\":\"t%d\"")
                + "},\"AccessToken\":{"
                + entries("\"client_id\":\"c\",\"secret\":\"s\",\"expires_on\":9,\"cached_at\":1,\"target\":\"s%d\"")
                + "},\"IdToken\":{" + entries("\"client_id\":\"c\",\"secret\":\"s\",\"realm\":\"t%d\"")
                + "},\"RefreshToken\":{" + entries("\"client_id\":\"c%d\",\"secret\":\"s\"") + "},\"AppMetadata\":{"
                + entries("\"client_id\":\"c%d\"") + "}}";

        Partition partition = UnifiedCache.read(file).get(KEY);

        assertThat(partition.accounts()).hasSize(PartitionEditor.MOST);
        assertThat(partition.accessTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.idTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.refreshTokens()).hasSize(PartitionEditor.MOST);
        assertThat(partition.appMetadata("c0")).isNotNull();
        assertThat(partition.appMetadata("c199")).isNotNull();
        assertThat(partition.appMetadata("c200")).as("of so many clients").isNull();
    }

    private static String entries(String members) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> "\"n" + i + "\":{\"home_account_id\":\"h.t\",\"environment\":\"e\","
                        + members.formatted(i) + "}")
                .collect(Collectors.joining(","));
    }

    private static TokenRecord record(int i) {
        return new TokenRecord(
                Account.of(KEY, AuthorityType.MSSTS, TenantProfile.of("t" + i, "l", i == 0), null),
                new IdTokenEntry("c", "t" + i, Secret.of("id" + i)),
                AccessTokenEntry.builder("c", "t0", Scopes.of("s" + i), Secret.of("at" + i))
                        .valid(NOW, NOW.plusSeconds(3600))
                        .build(),
                new RefreshTokenEntry("c" + i, null, Secret.of("rt" + i), null),
                new AppMetadata("c" + i, null));
    }
}
