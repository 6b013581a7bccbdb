package dev.latchkey.cli.demo;

import dev.latchkey.Futures;
import dev.latchkey.core.error.AuthException;
import java.util.concurrent.CompletableFuture;

/** Calls that are meant to fail. */
final class Failures {
    private Failures() {}

    /** How a call fails. */
    static AuthException of(CompletableFuture<?> call) {
        try {
            Futures.await(call);
        } catch (AuthException e) {
            return e;
        }
        throw new BrokenPromiseException("the call fails");
    }
}
