package dev.latchkey.testkit;

import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;

class MemoryTokenStoreTest extends TokenStoreContract {
    private final TokenStore store = MemoryTokenStore.create();

    @Override
    protected TokenStore openStore() {
        return store;
    }

    @Override
    protected TokenStore openStoreThatTakesLeasesAway() {
        return MemoryTokenStore.builder().maximumLease(Duration.ofMillis(1)).build();
    }
}
