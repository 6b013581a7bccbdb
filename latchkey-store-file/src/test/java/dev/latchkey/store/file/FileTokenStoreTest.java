package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.store.Lease;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.TokenStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class FileTokenStoreTest extends TokenStoreContract {
    @TempDir
    Path directory;

    @Override
    protected TokenStore openStore() {
        return Samples.store(directory.resolve("tokens"))
                .maximumStaleness(Duration.ofMillis(20))
                .open();
    }

    /** The file store never takes a lease from one who lives; but file systems have been seen to forget locks. */
    @Override
    protected TokenStore openStoreThatTakesLeasesAway() {
        return new OnForgetfulFileSystem(
                openStore(), directory.resolve("tokens").resolve("locks"));
    }

    private record OnForgetfulFileSystem(TokenStore store, Path locks) implements TokenStore {
        @Override
        public Lease lease(PartitionKey key, Duration wait) {
            try {
                Files.deleteIfExists(locks);
                return store.lease(key, wait);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public StoredPartition read(PartitionKey key) {
            return store.read(key);
        }

        @Override
        public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
            return store.write(key, expectedVersion, next, lease);
        }

        @Override
        public boolean delete(PartitionKey key, long expectedVersion) {
            return store.delete(key, expectedVersion);
        }

        @Override
        public Set<PartitionKey> list() {
            return store.list();
        }

        @Override
        public Registration onChange(Consumer<PartitionKey> listener) {
            return store.onChange(listener);
        }
    }
}
