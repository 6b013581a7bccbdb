package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;

/** Claims about the person who signed in (OpenID Connect Core 5.3). */
public final class UserInfo {
    private UserInfo() {}

    /** The request. */
    public static HttpMessage request(URI endpoint, Secret accessToken) {
        return HttpMessage.get(endpoint).withHeader("Authorization", "Bearer " + accessToken.reveal());
    }

    /**
     * Checks the answer: it must be about the subject of the ID token (section 5.3.2), or it is not used.
     *
     * @throws AuthException what the server's error means, or {@link ClientAuthException}
     */
    public static JsonObject check(HttpAnswer answer, URI endpoint, String subject, String correlationId, Instant now) {
        ErrorDetails where = ErrorDetails.of("", "").at(endpoint).correlationId(correlationId);
        if (!answer.isSuccess()) {
            throw ErrorAnswer.toException(answer, where, now);
        }
        JsonObject claims = parse(answer, where);
        if (!subject.equals(claims.string("sub"))) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.USERINFO_SUBJECT_MISMATCH,
                            "the user info is about another person than the ID token; it was not used")
                    .at(endpoint)
                    .correlationId(correlationId));
        }
        return claims;
    }

    private static JsonObject parse(HttpAnswer answer, ErrorDetails where) {
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.FAILED_TO_PARSE_RESPONSE, "the user info is no JSON object: " + e.getMessage())
                    .at(where.endpoint())
                    .correlationId(where.correlationId())
                    .status(answer.status()));
        }
    }
}
