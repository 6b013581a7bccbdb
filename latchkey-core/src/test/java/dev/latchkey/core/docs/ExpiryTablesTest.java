package dev.latchkey.core.docs;

import static dev.latchkey.core.docs.CacheTablesTest.eachRow;
import static dev.latchkey.core.docs.CacheTablesTest.isYes;
import static dev.latchkey.core.docs.Parts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.renewal.ExpiryRule;
import dev.latchkey.core.renewal.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of docs/cache.md about expiry, and the milliseconds beside each whole second. */
class ExpiryTablesTest {
    @TestFactory
    Stream<DynamicTest> accessTokens() {
        return eachRow("Expiry", 0, row -> {
            AccessTokenEntry token = AccessTokenEntry.builder("app", "t1", Scopes.of("read"), Secret.of("at"))
                    .valid(NOW, after(row.get(0)))
                    .refreshOn(row.get(1).equals("-") ? null : after(row.get(1)))
                    .build();

            long now = after(row.get(5)).toEpochMilli();
            assertThat(rule(row).of(token, now).name()).isEqualTo(row.get(6));
            for (long millis = now - 1001; millis <= now + 1001; millis++) {
                assertThat(rule(row).freshSpan(token).contains(millis))
                        .as("fresh %d ms later", millis - now)
                        .isEqualTo(rule(row).of(token, millis) == Freshness.FRESH);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refreshTokens() {
        return eachRow("Expiry", 1, row -> {
            Instant expiresOn = row.get(0).equals("-") ? null : after(row.get(0));
            RefreshTokenEntry token = new RefreshTokenEntry("app", null, Secret.of("rt"), expiresOn);
            Duration offset = Duration.ofSeconds(Long.parseLong(row.get(1)));
            long now = after(row.get(2)).toEpochMilli();

            boolean expired = isYes(row.get(3));
            assertThat(ExpiryRule.DEFAULT.refreshTokenExpired(token, now, offset))
                    .isEqualTo(expired);
            assertThat(ExpiryRule.DEFAULT.withRefreshTokenOffset(offset).refreshTokenExpired(token, now))
                    .isEqualTo(expired);
        });
    }

    private static ExpiryRule rule(List<String> row) {
        return ExpiryRule.DEFAULT
                .withOffset(Duration.ofSeconds(Long.parseLong(row.get(2))))
                .withPrefetchWindow(Duration.ofSeconds(Long.parseLong(row.get(3))))
                .withJitter(Double.parseDouble(row.get(4)));
    }

    private static Instant after(String seconds) {
        return NOW.plusSeconds(Long.parseLong(seconds));
    }
}
