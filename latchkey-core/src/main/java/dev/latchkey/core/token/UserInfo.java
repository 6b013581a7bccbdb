package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        return about(subject, parse(answer, where), where.status(answer.status()));
    }

    /**
     * The JWT of an answer that is signed (OpenID Connect Core 5.3.2), unverified; null if this is another answer. What it
     * says once verified is for {@link #about}.
     */
    public static @Nullable RawIdToken signedIn(HttpAnswer answer) {
        String type = answer.header("Content-Type");
        int end = type == null ? -1 : type.indexOf(';');
        String bare = type == null ? "" : end < 0 ? type : type.substring(0, end);
        return answer.isSuccess() && bare.trim().equalsIgnoreCase("application/jwt")
                ? new RawIdToken(Secret.of(answer.body().trim()))
                : null;
    }

    /**
     * The claims, if they are about this subject (section 5.3.2).
     *
     * @param where where they came from and in which call
     * @throws ClientAuthException {@code userinfo_subject_mismatch}
     */
    public static JsonObject about(String subject, JsonObject claims, ErrorDetails where) {
        Object actual = claims.asMap().get("sub");
        if (subject.equals(actual)) {
            return claims;
        }
        String flaw = actual == null || actual.equals("")
                ? "does not say whom it is about (sub)"
                : actual instanceof String
                        ? "is about another person than the ID token (sub)"
                        : "says whom it is about with what is no string (sub)";
        throw new ClientAuthException(where.code(ErrorCodes.USERINFO_SUBJECT_MISMATCH)
                .message("the user info " + flaw + "; it was not used"));
    }

    /**
     * Who signed in at an authority without ID tokens, as claims: {@code sub}, and {@code preferred_username}, {@code
     * name} and {@code email} where they are known. The subject is the answer's {@code sub}, else its {@code id}, a text
     * or a whole number; the user name its {@code preferred_username}, {@code login} or {@code username}.
     *
     * @throws AuthException what the server's error means, or {@link ClientAuthException} with {@code invalid_userinfo}
     *     if the answer does not say whom it is about
     */
    public static JsonObject identity(HttpAnswer answer, URI endpoint, String correlationId, Instant now) {
        ErrorDetails where = ErrorDetails.of("", "").at(endpoint).correlationId(correlationId);
        if (!answer.isSuccess()) {
            throw ErrorAnswer.toException(answer, where, now);
        }
        JsonObject info = parse(answer, where);
        String subject = first(info, List.of("sub", "id"));
        if (subject == null) {
            throw new ClientAuthException(where.status(answer.status())
                    .code(ErrorCodes.INVALID_USERINFO)
                    .message(
                            "the user info does not say whom it is about: it has neither sub nor id, as a text or a whole"
                                    + " number"));
        }
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.put("preferred_username", first(info, List.of("preferred_username", "login", "username")));
        claims.put("name", first(info, List.of("name")));
        claims.put("email", first(info, List.of("email")));
        claims.values().removeIf(Objects::isNull);
        return JsonObject.of(claims);
    }

    /**
     * Checks the answer of an authority without ID tokens: as {@link #check}, with the subject that {@link #identity} finds.
     *
     * @return the answer's members as they are
     */
    public static JsonObject checkIdentity(
            HttpAnswer answer, URI endpoint, String subject, String correlationId, Instant now) {
        ErrorDetails where = ErrorDetails.of("", "")
                .at(endpoint)
                .correlationId(correlationId)
                .status(answer.status());
        about(subject, identity(answer, endpoint, correlationId, now), where);
        return parse(answer, where);
    }

    private static @Nullable String first(JsonObject info, List<String> names) {
        for (String name : names) {
            Object value = info.asMap().get(name);
            if ((value instanceof String text && !text.isEmpty())
                    || (value instanceof Number number && isWhole(number))) {
                return value.toString();
            }
        }
        return null;
    }

    private static boolean isWhole(Number number) {
        return number.toString().chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
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
