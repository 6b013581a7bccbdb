package dev.latchkey.spring.http;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where tokens of outgoing calls come from. Define a bean of this type to decide yourself. Thread-safe. */
@FunctionalInterface
public interface TokenSource {
    /**
     * For whom a call is; asked once per call, on the thread that makes it.
     *
     * @param attributes those of the outgoing call; see {@link CallerAttributes}
     */
    Caller caller(Map<String, Object> attributes);

    /** Somebody for whom a call is made. */
    @FunctionalInterface
    interface Caller {
        /** Gets a token of theirs without asking them; on any thread. */
        CompletableFuture<AuthenticationResult> token(SilentRequest request);
    }
}
