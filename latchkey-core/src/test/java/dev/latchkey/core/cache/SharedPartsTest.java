package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SharedPartsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final SharedParts parts = new SharedParts();

    @Test
    void sharing_equalPartitions_holdTheSamePartsAndStayEqual() {
        Partition one = partition("User.Read", "client");
        Partition other = partition("User.Read", "client");

        AccessTokenEntry first = one.sharing(parts).accessTokens().get(0);
        AccessTokenEntry second = other.sharing(parts).accessTokens().get(0);

        assertThat(one.sharing(parts)).isEqualTo(one);
        assertThat(second.target()).isSameAs(first.target());
        assertThat(second.clientId()).isSameAs(first.clientId());
        assertThat(second.resource()).isSameAs(first.resource());
    }

    @Test
    void sharing_scopesOfAnotherCase_keepTheirs() {
        partition("User.Read", "client").sharing(parts);

        assertThat(partition("user.read", "client")
                        .sharing(parts)
                        .accessTokens()
                        .get(0)
                        .target())
                .hasToString("user.read");
    }

    @Test
    void sharing_moreThanItHolds_leavesTheRestAsItIs() {
        for (int i = 0; i < SharedParts.MOST + 100; i++) {
            Partition partition = partition("scope" + i, "client" + i);
            assertThat(partition.sharing(parts)).isEqualTo(partition);
        }
        Partition late = partition("late", "late");

        assertThat(late.sharing(parts).accessTokens().get(0).target())
                .isSameAs(late.accessTokens().get(0).target());
    }

    private static Partition partition(String scopes, String client) {
        AccessTokenEntry token = AccessTokenEntry.builder(client, "tenant", Scopes.parse(scopes), Secret.of("secret"))
                .resource(new StringBuilder("https://api").append(".example").toString())
                .valid(NOW, NOW.plusSeconds(60))
                .build();
        return Partition.EMPTY.save(
                new TokenRecord(
                        null,
                        new IdTokenEntry(client, "tenant", Secret.of("id")),
                        token,
                        new RefreshTokenEntry(client, "1", Secret.of("rt"), null),
                        new AppMetadata(client, "1")),
                NOW);
    }
}
