package dev.latchkey.internal.calls;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a caller sees of whatever went wrong: an {@link AuthException}, always. */
public final class Failures {
    private Failures() {}

    /** The failure to raise for something that was thrown, by us or by what the application plugged in. */
    public static AuthException of(Throwable error, String correlationId) {
        Throwable cause = unwrap(error);
        if (cause instanceof AuthException failure) {
            return failure;
        }
        if (cause instanceof CancellationException) {
            return new BrowserAuthException(ErrorDetails.of(ErrorCodes.USER_CANCELLED, "the caller cancelled the call")
                    .correlationId(correlationId));
        }
        return new ClientAuthException(ErrorDetails.of(
                        ErrorCodes.UNEXPECTED_ERROR,
                        "something that the application plugged in (executor, transport, store, callback) failed with "
                                + cause.getClass().getName() + "; see the cause")
                .correlationId(correlationId)
                .cause(cause));
    }

    /** The error itself, out of what futures wrap it in. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
