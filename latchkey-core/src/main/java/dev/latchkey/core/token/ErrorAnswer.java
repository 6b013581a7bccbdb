package dev.latchkey.core.token;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.throttle.RetryAfter;
import java.time.Instant;

/** What an unsuccessful answer of a back-channel endpoint means (RFC 6749 section 5.2). */
public final class ErrorAnswer {
    private ErrorAnswer() {}

    /** The failure to raise for an answer that is no success. */
    public static AuthException toException(HttpAnswer answer, ErrorDetails where, Instant now) {
        ErrorDetails place =
                where.status(answer.status()).retryAfter(RetryAfter.parse(answer.header("Retry-After"), now));
        if (answer.status() >= 300 && answer.status() < 400) {
            return new ClientAuthException(with(
                    place,
                    ErrorCodes.UNEXPECTED_REDIRECT,
                    "the endpoint redirects elsewhere, which it must not; nothing was sent there"));
        }
        ErrorBody body = ErrorBody.of(answer);
        OAuthError error = body.error();
        return error != null ? error.toException(place) : unreadable(answer, body.words(), place);
    }

    private static AuthException unreadable(HttpAnswer answer, String words, ErrorDetails place) {
        String said = words.isEmpty() ? "" : ": " + words;
        if (answer.status() == 429 || answer.status() >= 500) {
            String code = answer.status() == 429 || answer.status() == 503 ? "temporarily_unavailable" : "server_error";
            return new ServerException(
                    with(place, code, "the authority answered HTTP " + answer.status() + "; try again later" + said));
        }
        return new ClientAuthException(with(
                place,
                ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                "the endpoint answered HTTP " + answer.status() + " without an OAuth error; is this its address?"
                        + said));
    }

    private static ErrorDetails with(ErrorDetails place, String code, String message) {
        return ErrorDetails.of(code, message)
                .at(place.endpoint())
                .correlationId(place.correlationId())
                .status(place.status())
                .retryAfter(place.retryAfter());
    }
}
