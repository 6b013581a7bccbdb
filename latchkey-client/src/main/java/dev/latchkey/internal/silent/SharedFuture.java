package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult;
import java.util.concurrent.CompletableFuture;

/** A result that many callers get as one completed future: none of them can change what the others see. */
final class SharedFuture extends CompletableFuture<AuthenticationResult> {
    private static final String SHARED = "others have this future too; take copy() to change its outcome";

    SharedFuture(AuthenticationResult result) {
        complete(result);
    }

    /** What follows from it is its caller's own. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public void obtrudeValue(AuthenticationResult value) {
        throw new UnsupportedOperationException(SHARED);
    }

    @Override
    public void obtrudeException(Throwable error) {
        throw new UnsupportedOperationException(SHARED);
    }
}
