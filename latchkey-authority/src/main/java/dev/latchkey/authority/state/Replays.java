package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;

/** One-time ids that have been seen: the {@code jti} of assertions and proofs. */
public final class Replays {
    private static final int MAX_SEEN = 20_000;

    private final BoundedStore<Boolean> seen = new BoundedStore<>(MAX_SEEN);

    Replays() {}

    /** Whether an id is new; it is not the next time. */
    public boolean isFirst(String owner, String id) {
        return seen.putIfAbsent(owner + " " + id, true);
    }

    void clear() {
        seen.clear();
    }
}
