package dev.latchkey.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept of calls of any kind. */
class CallTablesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Call ADA = new Call(PartitionKey.user("host", "ada.t"), Scopes.of("read", "write"));
    private static final Call BOB = new Call(PartitionKey.user("host", "bob.t"), Scopes.of("read", "write"));

    private final CallThrottle<Call> throttle = new CallThrottle<>();
    private final ReducedScopeCache<Call> narrow = new ReducedScopeCache<>();

    private record Call(PartitionKey partitionKey, Scopes scopes) implements TokenCall {}

    @Test
    void throttle_holdsBackTheSameCallMadeWithTheSame() {
        throttle.remember(ADA, "first", tooMany(), NOW);

        assertThatThrownBy(() -> throttle.check(ADA, "first", NOW)).isInstanceOf(ServerException.class);
        assertThatCode(() -> throttle.check(ADA, "second", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> throttle.check(ADA, null, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> throttle.check(BOB, "first", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> throttle.check(ADA, "first", NOW.plusSeconds(11))).doesNotThrowAnyException();
    }

    @Test
    void throttle_callMadeWithNothing_isHeldBackToo() {
        throttle.remember(ADA, null, tooMany(), NOW);

        assertThatThrownBy(() -> throttle.check(ADA, null, NOW)).isInstanceOf(ServerException.class);
    }

    @Test
    void throttle_forgetsOneAccountOnly() {
        throttle.remember(ADA, "a", tooMany(), NOW);
        throttle.remember(BOB, "b", tooMany(), NOW);

        throttle.forget(ADA.partitionKey());

        assertThatCode(() -> throttle.check(ADA, "a", NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> throttle.check(BOB, "b", NOW)).isInstanceOf(ServerException.class);
    }

    @Test
    void narrowAnswer_isFoundForTheSameCallWhileItIsHeld() {
        AccessTokenEntry answer = token("read");
        narrow.remember(ADA, answer);

        assertThat(narrow.find(ADA, holding(answer))).isEqualTo(answer);
        assertThat(narrow.find(BOB, holding(answer))).isNull();
        assertThat(narrow.find(ADA, Partition.EMPTY)).as("it is no longer held").isNull();
        narrow.forget(BOB.partitionKey());
        assertThat(narrow.find(ADA, holding(answer))).isEqualTo(answer);
        narrow.forget(ADA.partitionKey());
        assertThat(narrow.find(ADA, holding(answer))).isNull();
    }

    @Test
    void fullAnswer_isLeftToTheLookUp_andReplacesANarrowOne() {
        AccessTokenEntry answer = token("read");
        AccessTokenEntry full = token("read", "write");
        narrow.remember(ADA, answer);
        narrow.remember(ADA, full);

        assertThat(narrow.find(ADA, holding(answer))).isNull();
        assertThat(narrow.find(ADA, holding(full))).isNull();
    }

    private static ServerException tooMany() {
        return new ServerException(
                ErrorDetails.of("temporarily_unavailable", "later").status(429).retryAfter(Duration.ofSeconds(10)));
    }

    private static AccessTokenEntry token(String... scopes) {
        return AccessTokenEntry.builder("client", "t", Scopes.of(scopes), Secret.of("at"))
                .valid(NOW, NOW.plusSeconds(3600))
                .build();
    }

    private static Partition holding(AccessTokenEntry token) {
        return Partition.EMPTY.save(new TokenRecord(null, null, token, null, null), NOW);
    }
}
