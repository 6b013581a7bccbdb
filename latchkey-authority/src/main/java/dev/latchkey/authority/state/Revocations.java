package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;

/** Grants whose tokens are revoked. */
public final class Revocations {
    private static final int MAX_REVOKED = 10_000;

    private final BoundedStore<Boolean> revoked = new BoundedStore<>(MAX_REVOKED);

    Revocations() {}

    /** Revokes every token of a grant. */
    public void revoke(String grantId) {
        revoked.put(grantId, true);
    }

    public boolean isRevoked(String grantId) {
        return revoked.get(grantId).isPresent();
    }

    void clear() {
        revoked.clear();
    }
}
