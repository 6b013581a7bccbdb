package dev.latchkey.spring.metrics;

import dev.latchkey.InteractionType;
import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an observation knows of one acquisition: neither the token nor whose it is. */
public final class AcquireContext extends Observation.Context {
    private final InteractionType interaction;
    private volatile @Nullable Boolean fromCache;
    private volatile @Nullable String errorCode;

    AcquireContext(InteractionType interaction) {
        this.interaction = interaction;
    }

    /** How the token is acquired. */
    public InteractionType interaction() {
        return interaction;
    }

    /** Whether the token came without a call; empty until it is there, and if the call failed. */
    public Optional<Boolean> fromCache() {
        return Optional.ofNullable(fromCache);
    }

    /** The code of what went wrong, as it came; empty if nothing has. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    void acquired(boolean cached) {
        fromCache = cached;
    }

    void failed(String code) {
        errorCode = code;
    }
}
