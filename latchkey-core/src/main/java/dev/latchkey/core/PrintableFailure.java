package dev.latchkey.core;

import org.jspecify.annotations.Nullable;

/**
 * Replaces a failure in a log if its message, or that of a cause, contains characters that {@link PrintableText}
 * replaces: for example, an HTTP client quotes the line it could not parse, a file system the path. Has the same stack
 * trace and causes, with printable messages.
 */
public final class PrintableFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    private PrintableFailure(Throwable failure, int depth) {
        super(PrintableText.of(failure.toString()), causeOf(failure, depth), false, true);
        setStackTrace(failure.getStackTrace());
    }

    /** The failure itself if all its messages are printable, otherwise a replacement. */
    public static Throwable of(Throwable failure) {
        return isPrintable(failure, 0) ? failure : new PrintableFailure(failure, 0);
    }

    private static boolean isPrintable(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > DEEPEST) {
            return failure == null;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isPrintable(suppressed, depth + 1)) {
                return false;
            }
        }
        return PrintableText.isPrintable(failure.toString()) && isPrintable(failure.getCause(), depth + 1);
    }

    private static @Nullable Throwable causeOf(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return cause == null || depth == DEEPEST ? null : new PrintableFailure(cause, depth + 1);
    }
}
