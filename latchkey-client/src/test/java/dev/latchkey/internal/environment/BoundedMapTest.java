package dev.latchkey.internal.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedMapTest {
    private final BoundedMap<String, Integer> map = new BoundedMap<>(3);

    @Test
    void put_beyondTheBound_theOldestGoes() {
        put("a", "b", "c", "d");

        assertThat(map.get("a")).isNull();
        assertThat(map.get("b")).isEqualTo(1);
        assertThat(map.get("d")).isEqualTo(1);
        assertThat(map.size()).isEqualTo(3);
    }

    @Test
    void put_beyondTheBound_whatIsAskedForStays() {
        put("own", "b", "c");
        for (int i = 0; i < 1_000; i++) {
            assertThat(map.get("own")).isEqualTo(1);
            put("stranger " + i);
        }

        assertThat(map.get("own")).isEqualTo(1);
        assertThat(map.size()).isEqualTo(3);
    }

    @Test
    void put_ifAllAreAskedFor_theNewOneStays() {
        put("a", "b", "c");
        List.of("a", "b", "c").forEach(map::get);

        put("d");

        assertThat(map.get("d")).isEqualTo(1);
        assertThat(map.get("a")).isNull();
        assertThat(map.size()).isEqualTo(3);
    }

    @Test
    void put_again_replacesAndTakesNoMoreRoom() {
        put("a", "b", "c");
        map.put("a", 2);

        assertThat(map.get("a")).isEqualTo(2);
        assertThat(map.size()).isEqualTo(3);
        put("d");
        assertThat(map.get("b")).as("replaced is new").isNull();
    }

    @Test
    void weights_boundTheSum_andOneBeyondItIsHeldAlone() {
        BoundedMap<String, Integer> weighed = new BoundedMap<>(10, value -> value);
        weighed.put("a", 4);
        weighed.put("b", 4);
        weighed.put("c", 3);
        assertThat(weighed.get("a")).isNull();
        assertThat(weighed.size()).isEqualTo(2);

        weighed.put("d", 50);
        assertThat(weighed.get("d")).isEqualTo(50);
        assertThat(weighed.size()).isEqualTo(1);
        weighed.remove("d");
        weighed.put("e", 5);
        weighed.put("f", 5);
        assertThat(weighed.size()).as("what was removed weighs nothing").isEqualTo(2);
    }

    @Test
    void removeIf_takesThoseThatMatch() {
        put("a1", "a2", "b");
        map.removeIf(key -> key.startsWith("a"));

        assertThat(map.size()).isEqualTo(1);
        put("c", "d");
        assertThat(map.get("b")).isEqualTo(1);
    }

    @Test
    void manyThreads_neverExceedTheBound() {
        BoundedMap<Integer, Integer> shared = new BoundedMap<>(50);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int own = thread;
            CompletableFuture<Void> done = new CompletableFuture<>();
            threads.add(done);
            new Thread(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            shared.put(i % 200, own);
                            shared.get((i * 7) % 200);
                            if (i % 3 == 0) {
                                shared.remove(i % 100);
                            }
                        }
                        done.complete(null);
                    })
                    .start();
        }
        threads.forEach(CompletableFuture::join);

        assertThat(shared.size()).isBetween(1, 50);
        long present =
                IntStream.range(0, 200).filter(i -> shared.get(i) != null).count();
        assertThat(present).isEqualTo(shared.size());
    }

    private void put(String... keys) {
        for (String key : keys) {
            map.put(key, 1);
        }
    }
}
