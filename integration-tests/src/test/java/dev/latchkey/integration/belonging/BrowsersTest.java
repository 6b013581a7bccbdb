package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.file.FileTokenStore;
import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.WebSession;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No browser ever receives data of a user who is not signed in there, or a token of another issuer, client, audience or
 * strength than its page requested, whatever pages call in whatever order on two fronts that share a client id and the
 * stores.
 *
 * <p>Run and reported like {@link BelongingTest}, with {@code -Dtest=BrowsersTest}.
 */
final class BrowsersTest {
    private static final long SEED = Long.getLong("latchkey.belonging.seed", 1);
    private static final int SEQUENCES = Integer.getInteger("latchkey.belonging.sequences", 500);

    /** Fewer, because each waits for the disk and leaves stores there until the end. */
    private static final int FILE_SEQUENCES = Math.min(Math.max(1, SEQUENCES / 20), 2_000);

    /** Enough for every case to succeed in some of them. */
    private static final int ENOUGH = 500;

    /** Endpoints that the servlet does not have in a list. */
    private static final Map<String, String> APART =
            Map.of("EventsEndpoint", "GET /events", "ProxyEndpoint", "* /api/");

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void memoryStore_randomCalls_nothingGetsToAStranger() throws Exception {
        try (WebPlay play = new WebPlay()) {
            Campaign campaign = new Campaign(play);
            campaign.run(SEED, SEQUENCES, clock -> MemoryTokenStore.builder()
                    .clock(clock)
                    .build());
            assertThat(campaign.report()).isEmpty();
            if (SEQUENCES >= ENOUGH) {
                assertThat(campaign.neverSucceeded()).isEmpty();
            }
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void fileStore_randomCalls_nothingGetsToAStranger(@TempDir Path directory) throws Exception {
        try (WebPlay play = new WebPlay()) {
            Campaign campaign = new Campaign(play);
            AtomicInteger count = new AtomicInteger();
            campaign.run(SEED, FILE_SEQUENCES, clock -> FileTokenStore.builder(
                            directory.resolve("store-" + count.incrementAndGet()))
                    .withoutKeychain()
                    .open());
            assertThat(campaign.report()).isEmpty();
        }
    }

    @Test
    void servlet_everyEndpoint_hasACase() throws Exception {
        try (WebPlay play = new WebPlay();
                WebScene web =
                        new WebScene(SEED, clock -> MemoryTokenStore.builder().build(), play.api())) {
            assertThat(play.cases()).containsAll(endpoints(web.fronts.get(0).servlet()));
        }
    }

    @Test
    void session_everyPublicMethod_hasACase() {
        assertThat(new WebCalls().names())
                .containsAll(Stream.of(WebSession.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Calls::nameOf)
                        .toList());
    }

    private static List<String> endpoints(LatchkeyServlet servlet) throws IllegalAccessException {
        List<String> all = new ArrayList<>();
        for (Field field : LatchkeyServlet.class.getDeclaredFields()) {
            field.setAccessible(true);
            if (field.get(servlet) instanceof Map<?, ?> endpoints) {
                endpoints.keySet().forEach(endpoint -> all.add((String) endpoint));
            } else if (isEndpoint(field.getType())) {
                String name = field.getType().getSimpleName();
                all.add(APART.getOrDefault(name, name));
            }
        }
        assertThat(all).hasSizeGreaterThan(APART.size());
        return all;
    }

    private static boolean isEndpoint(Class<?> type) {
        return Stream.of(type.getInterfaces())
                .anyMatch(one -> one.getSimpleName().equals("Endpoint"));
    }
}
