package dev.latchkey.spring.http;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Supplies the tokens of outgoing calls. Define a bean of this type to replace the default. Thread-safe. */
@FunctionalInterface
public interface TokenSource {
    /**
     * The caller on whose behalf a call is made. Called once per call, on the thread that makes it.
     *
     * @param attributes the attributes of the outgoing call; see {@link CallerAttributes}
     */
    Caller caller(Map<String, Object> attributes);

    /** The caller on whose behalf a call is made. */
    @FunctionalInterface
    interface Caller {
        /** Acquires a token of the caller without user interaction; called on any thread. */
        CompletableFuture<AuthenticationResult> token(SilentRequest request);
    }
}
