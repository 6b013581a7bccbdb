package dev.latchkey.internal.calls;

import dev.latchkey.Futures;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import java.util.concurrent.CancellationException;

/** What a caller sees of whatever went wrong: an {@link AuthException}, always. */
public final class Failures {
    private Failures() {}

    /** The failure to raise for something that was thrown, by us or by what the application plugged in. */
    public static AuthException of(Throwable error, String correlationId) {
        Throwable cause = Futures.failure(error);
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
}
