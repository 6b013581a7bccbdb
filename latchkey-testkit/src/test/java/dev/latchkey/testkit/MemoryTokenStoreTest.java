package dev.latchkey.testkit;

import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;

class MemoryTokenStoreTest extends TokenStoreContract {
    private final TokenStore store = MemoryTokenStore.create();

    @Override
    protected TokenStore openStore() {
        return store;
    }

    @Override
    protected TokenStore openStoreThatTakesLeasesAway() {
        return MemoryTokenStore.create();
    }
}
