package dev.latchkey.spring.metrics;

import dev.latchkey.InteractionType;
import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The observation context of one acquisition. Contains neither the token nor its user. */
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

    /** Whether the token came from the cache; empty until the call completes, and if it failed. */
    public Optional<Boolean> fromCache() {
        return Optional.ofNullable(fromCache);
    }

    /** The error code, unchanged; empty if there was no error. */
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
