package dev.latchkey.store.file;

import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.TokenStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class FileTokenStoreTest extends TokenStoreContract {
    @TempDir
    Path directory;

    @Override
    protected TokenStore openStore() {
        return FileTokenStore.builder(directory.resolve("tokens"))
                .maximumStaleness(Duration.ofMillis(20))
                .withoutKeychain()
                .open();
    }
}
