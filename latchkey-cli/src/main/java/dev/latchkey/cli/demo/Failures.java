package dev.latchkey.cli.demo;

import dev.latchkey.Futures;
import dev.latchkey.core.error.AuthException;
import java.util.concurrent.CompletableFuture;

/** Runs calls that are expected to fail. */
final class Failures {
    private Failures() {}

    /** The failure of a call. */
    static AuthException of(CompletableFuture<?> call) {
        try {
            Futures.await(call);
        } catch (AuthException e) {
            return e;
        }
        throw new BrokenPromiseException("the call fails");
    }
}
