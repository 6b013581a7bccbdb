package dev.latchkey.interaction;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result shown to the user in the browser at the end; {@link ResultPages} supplies the text. Error code and message
 * are shown to the user: never put a secret there.
 *
 * @param outcome how the interaction ended
 * @param errorCode the error code, for {@link Outcome#FAILED} only
 * @param errorMessage what went wrong, for {@link Outcome#FAILED} only
 */
public record ResultPage(
        Outcome outcome,
        @Nullable String errorCode,
        @Nullable String errorMessage) {
    private static final Set<String> REFUSALS = Set.of("access_denied", ErrorCodes.USER_CANCELLED);

    /** How the interaction ended. */
    public enum Outcome {
        /** Signed in: the tokens were received and verified. */
        SUCCESS,
        /** Signed out. */
        SIGNED_OUT,
        /** The user or an administrator declined. */
        REFUSED,
        /** Something went wrong; code and message say what. */
        FAILED,
        /** The same response was received before. */
        ALREADY_USED,
        /** A response that is not expected, for example from an old tab. */
        NOT_EXPECTED,
        /** The application stopped waiting, or did not report how it ended. */
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

    /** The user or an administrator declined. */
    public static ResultPage refused() {
        return new ResultPage(Outcome.REFUSED, null, null);
    }

    /** Something went wrong. */
    public static ResultPage failed(String errorCode, String errorMessage) {
        return new ResultPage(Outcome.FAILED, errorCode, errorMessage);
    }

    /** The page for a failed call: {@link #refused} if the user declined, otherwise its code and message. */
    public static ResultPage of(AuthException error) {
        return REFUSALS.contains(error.errorCode())
                ? refused()
                : failed(error.errorCode(), error.details().message());
    }

    /** The same response was received before. */
    public static ResultPage alreadyUsed() {
        return new ResultPage(Outcome.ALREADY_USED, null, null);
    }

    /** The response is not expected. */
    public static ResultPage notExpected() {
        return new ResultPage(Outcome.NOT_EXPECTED, null, null);
    }

    /** The application stopped waiting, or did not report how it ended. */
    public static ResultPage ended() {
        return new ResultPage(Outcome.ENDED, null, null);
    }
}
