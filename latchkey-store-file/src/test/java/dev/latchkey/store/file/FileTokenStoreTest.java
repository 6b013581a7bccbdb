package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.TokenStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final class OnForgetfulFileSystem extends ForwardingTokenStore {
        private final Path locks;

        OnForgetfulFileSystem(TokenStore store, Path locks) {
            super(store);
            this.locks = locks;
        }

        @Override
        public Lease tryLease(PartitionKey key, Duration life) {
            try {
                Files.deleteIfExists(locks);
                return store().tryLease(key, life);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
