package dev.latchkey;

import java.util.concurrent.CompletableFuture;

/** A completed future that many callers get: none of them can change what the others see. */
final class SharedFuture<T> extends CompletableFuture<T> {
    private static final String SHARED = "others have this future too; take copy() to change its outcome";

    SharedFuture(T value) {
        complete(value);
    }

    /** What follows from it is its caller's own. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException(SHARED);
    }

    @Override
    public void obtrudeException(Throwable error) {
        throw new UnsupportedOperationException(SHARED);
    }
}
