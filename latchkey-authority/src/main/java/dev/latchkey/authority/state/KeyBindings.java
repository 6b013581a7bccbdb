package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;
import java.util.Optional;

/** Which key the refresh tokens of a grant are bound to (RFC 9449 section 5). */
public final class KeyBindings {
    private static final int MAX_BINDINGS = 20_000;

    private final BoundedStore<String> thumbprints = new BoundedStore<>(MAX_BINDINGS);

    KeyBindings() {}

    /** Binds a grant to a key, for good. */
    public void bind(String grantId, String thumbprint) {
        thumbprints.putIfAbsent(grantId, thumbprint);
    }

    /** Whether tokens of a grant may be renewed with this key, or without any. */
    public boolean allows(String grantId, Optional<String> thumbprint) {
        Optional<String> bound = thumbprints.get(grantId);
        return bound.isEmpty() || bound.equals(thumbprint);
    }

    void clear() {
        thumbprints.clear();
    }
}
