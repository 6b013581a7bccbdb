package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.BlockingPublicClientApplication;
import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.file.FileTokenStore;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret ever reaches an issuer other than the one it came from, and no result has another issuer, subject, audience
 * or strength than requested, whatever calls are made in whatever order by applications that share a store.
 *
 * <p>Each sequence is determined by its seed. The build runs a few thousand; to run millions, or to repeat one:
 *
 * <pre>{@code
 * ./verify -pl integration-tests -am -Dlatchkey.keycloak=off -Dtest=BelongingTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dlatchkey.belonging.seed=1 -Dlatchkey.belonging.sequences=1000000
 * }</pre>
 *
 * <p>A violation is reported with the seed of the shortest sequence that shows it, and the calls up to that point.
 */
final class BelongingTest {
    private static final long SEED = Long.getLong("latchkey.belonging.seed", 1);
    private static final int SEQUENCES = Integer.getInteger("latchkey.belonging.sequences", 2_000);

    /** Fewer, because each waits for the disk and leaves a store there until the end. */
    private static final int FILE_SEQUENCES = Math.min(Math.max(1, SEQUENCES / 20), 2_000);

    /** Enough for every case to succeed in some of them. */
    private static final int ENOUGH = 1_000;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void memoryStore_randomCalls_nothingGetsToAStranger() throws Exception {
        Campaign campaign = new Campaign(new ApiPlay());
        campaign.run(SEED, SEQUENCES, clock -> MemoryTokenStore.builder()
                .clock(clock)
                .build());
        assertThat(campaign.report()).isEmpty();
        if (SEQUENCES >= ENOUGH) {
            assertThat(campaign.neverSucceeded()).isEmpty();
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void fileStore_randomCalls_nothingGetsToAStranger(@TempDir Path directory) throws Exception {
        Campaign campaign = new Campaign(new ApiPlay());
        AtomicInteger count = new AtomicInteger();
        campaign.run(SEED, FILE_SEQUENCES, clock -> FileTokenStore.builder(
                        directory.resolve("store-" + count.incrementAndGet()))
                .withoutKeychain()
                .open());
        assertThat(campaign.report()).isEmpty();
    }

    @Test
    void api_everyPublicMethod_hasACase() {
        assertThat(new Calls().names())
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                ClientApplication.class,
                                PublicClientApplication.class,
                                ConfidentialClientApplication.class,
                                BlockingPublicClientApplication.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !isOfObject(method))
                        .map(Calls::nameOf)
                        .distinct()
                        .toList());
    }

    private static boolean isOfObject(Method method) {
        return method.isSynthetic()
                || Stream.of(Object.class.getMethods())
                        .anyMatch(other -> other.getName().equals(method.getName())
                                && other.getParameterCount() == method.getParameterCount());
    }
}
