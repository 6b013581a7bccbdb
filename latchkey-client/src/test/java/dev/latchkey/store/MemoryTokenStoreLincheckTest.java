package dev.latchkey.store;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Reading, writing and deleting partitions is linearizable: as if one came after the other. */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "0:2")
public class MemoryTokenStoreLincheckTest {
    private static final List<PartitionKey> KEYS =
            List.of(PartitionKey.user("host", "a"), PartitionKey.user("host", "b"));
    private static final List<Partition> VALUES = IntStream.rangeClosed(0, 2)
            .mapToObj(MemoryTokenStoreLincheckTest::partition)
            .toList();

    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final AtomicReferenceArray<StoredPartition> kept = new AtomicReferenceArray<>(KEYS.size());

    /** An empty store for each execution. */
    public MemoryTokenStoreLincheckTest() {}

    @Operation
    public int read(@Param(name = "key") int key) {
        return VALUES.indexOf(store.read(KEYS.get(key)).partition());
    }

    /** What a silent call does whose request was answered before. */
    @Operation
    public int readUnlessCurrent(@Param(name = "key") int key) {
        StoredPartition last = kept.get(key);
        if (last == null || !last.isCurrent()) {
            last = store.read(KEYS.get(key));
            kept.set(key, last);
        }
        return VALUES.indexOf(last.partition());
    }

    /** The caller's loop: read, decide, write on the version that was read. */
    @Operation
    public boolean replace(
            @Param(name = "key") int key, @Param(name = "value") int expected, @Param(name = "value") int next) {
        while (true) {
            StoredPartition stored = store.read(KEYS.get(key));
            if (!stored.partition().equals(VALUES.get(expected))) {
                return false;
            }
            if (store.write(KEYS.get(key), stored.version(), VALUES.get(next), null)) {
                return true;
            }
        }
    }

    @Operation
    public int delete(@Param(name = "key") int key) {
        while (true) {
            StoredPartition stored = store.read(KEYS.get(key));
            if (store.delete(KEYS.get(key), stored.version())) {
                return VALUES.indexOf(stored.partition());
            }
        }
    }

    @Test
    void readWriteDelete_modelChecked_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(4)
                .invocationsPerIteration(50)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(Numbers.class)
                .check(MemoryTokenStoreLincheckTest.class);
    }

    @Test
    void readWriteDelete_underStress_areLinearizable() {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(Numbers.class)
                .check(MemoryTokenStoreLincheckTest.class);
    }

    private static Partition partition(int value) {
        RefreshTokenEntry token = new RefreshTokenEntry("client", null, Secret.of("rt" + value), null);
        return value == 0
                ? Partition.EMPTY
                : Partition.EMPTY.save(new TokenRecord(null, null, null, token, null), Instant.EPOCH);
    }

    /** What a store is, one call after the other. */
    public static final class Numbers {
        private final int[] values = new int[2];

        /** Nothing stored. */
        public Numbers() {}

        public int read(int key) {
            return values[key];
        }

        public int readUnlessCurrent(int key) {
            return values[key];
        }

        public boolean replace(int key, int expected, int next) {
            boolean fits = values[key] == expected;
            values[key] = fits ? next : values[key];
            return fits;
        }

        public int delete(int key) {
            int before = values[key];
            values[key] = 0;
            return before;
        }
    }
}
