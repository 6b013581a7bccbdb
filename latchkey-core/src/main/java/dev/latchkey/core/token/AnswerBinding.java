package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ties the answer to a grant to what was asked: whether an ID token must be in it, and what that must say beyond
 * the issuer, the audience and the access token, which are always checked.
 *
 * @param idToken whether there is an ID token
 * @param nonce the nonce of the request that this answers; null if none was sent
 * @param subject the only {@code sub} that is accepted; null if anybody may have signed in
 * @param maxAge how long ago the person may have signed in; null if that was not asked for
 */
public record AnswerBinding(
        IdTokenRule idToken,
        @Nullable String nonce,
        @Nullable String subject,
        @Nullable Duration maxAge) {
    /** Whether an answer has an ID token. An ID token is verified or not read at all; there is nothing between. */
    public enum IdTokenRule {
        /** Somebody signs in: without an ID token the answer is refused. */
        REQUIRED,
        /** One that comes is verified. */
        OPTIONAL,
        /** Nobody signs in: one that comes is removed unread, and the issuer's keys are not fetched. */
        UNUSED
    }

    /** An answer by which somebody signs in. */
    public static AnswerBinding signIn() {
        return new AnswerBinding(IdTokenRule.REQUIRED, null, null, null);
    }

    /** An answer that may say who signed in: if so, it must be this subject where one is named. */
    public static AnswerBinding renewal(@Nullable String subject) {
        return new AnswerBinding(IdTokenRule.OPTIONAL, null, subject, null);
    }

    /** An answer for the application itself. */
    public static AnswerBinding nobody() {
        return new AnswerBinding(IdTokenRule.UNUSED, null, null, null);
    }

    /** Nonces may not be guessed, subjects are nobody's business. */
    @Override
    public String toString() {
        return PrintableText.of("AnswerBinding[ID token " + idToken + ", maxAge " + maxAge + "]");
    }
}
