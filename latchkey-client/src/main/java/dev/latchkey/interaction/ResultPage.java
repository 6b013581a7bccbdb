package dev.latchkey.interaction;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the person is told in the browser at the end. {@link ResultPages} puts it into words. Error code and message are
 * shown to the person: never put a secret there.
 *
 * @param outcome how it ended
 * @param errorCode the code of the error, with {@link Outcome#FAILED} only
 * @param errorMessage what went wrong, with {@link Outcome#FAILED} only
 */
public record ResultPage(
        Outcome outcome,
        @Nullable String errorCode,
        @Nullable String errorMessage) {
    private static final Set<String> REFUSALS = Set.of("access_denied", ErrorCodes.USER_CANCELLED);

    /** How it ended. */
    public enum Outcome {
        /** Signed in: the tokens are there and verified. */
        SUCCESS,
        /** Signed out. */
        SIGNED_OUT,
        /** The person said no, or an administrator did. */
        REFUSED,
        /** Something went wrong; code and message say what. */
        FAILED,
        /** The same answer came before. */
        ALREADY_USED,
        /** An answer nobody waits for, from an old tab or from somewhere else. */
        NOT_EXPECTED,
        /** The application stopped waiting, or has not said how it ended. */
        ENDED
    }

    /** Signed in. */
    public static ResultPage success() {
        return new ResultPage(Outcome.SUCCESS, null, null);
    }

    /** Signed out. */
    public static ResultPage signedOut() {
        return new ResultPage(Outcome.SIGNED_OUT, null, null);
    }

    /** The person said no. */
    public static ResultPage refused() {
        return new ResultPage(Outcome.REFUSED, null, null);
    }

    /** Something went wrong. */
    public static ResultPage failed(String errorCode, String errorMessage) {
        return new ResultPage(Outcome.FAILED, errorCode, errorMessage);
    }

    /** The page for a failed call: {@link #refused} where the person said no, else its code and message. */
    public static ResultPage of(AuthException error) {
        return REFUSALS.contains(error.errorCode())
                ? refused()
                : failed(error.errorCode(), error.details().message());
    }

    /** The same answer came before. */
    public static ResultPage alreadyUsed() {
        return new ResultPage(Outcome.ALREADY_USED, null, null);
    }

    /** Nobody waits for this answer. */
    public static ResultPage notExpected() {
        return new ResultPage(Outcome.NOT_EXPECTED, null, null);
    }

    /** The application stopped waiting, or has not said how it ended. */
    public static ResultPage ended() {
        return new ResultPage(Outcome.ENDED, null, null);
    }
}
