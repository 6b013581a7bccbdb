package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer of a token endpoint (RFC 6749 section 5.1) whose form is right; its ID token is not yet verified.
 *
 * @param accessToken the access token; null only if nothing but OpenID Connect's own scopes was asked for, which some
 *     servers answer with an ID token alone
 * @param tokenType {@code Bearer}
 * @param expiresIn the access token's life: as the server says, else the default that it was checked with
 * @param extendedExpiresIn its life in an outage of the authority
 * @param refreshIn when to renew it early
 * @param refreshToken the refresh token
 * @param refreshTokenExpiresIn its life
 * @param scope what was granted; null if that is what was asked for (RFC 6749 section 5.1)
 * @param idToken the ID token, unverified
 * @param clientInfo Entra's {@code client_info}
 * @param familyId the client family the refresh token serves ({@code foci})
 */
public record TokenResponse(
        @Nullable Secret accessToken,
        String tokenType,
        Duration expiresIn,
        @Nullable Duration extendedExpiresIn,
        @Nullable Duration refreshIn,
        @Nullable Secret refreshToken,
        @Nullable Duration refreshTokenExpiresIn,
        @Nullable Scopes scope,
        @Nullable RawIdToken idToken,
        @Nullable String clientInfo,
        @Nullable String familyId) {
    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(3650).toSeconds();

    /**
     * Checks an answer.
     *
     * @param answer what came back
     * @param request what was asked for
     * @param defaultLifetime the access token's life if the server states none
     * @param now the time, for {@code Retry-After}
     * @throws AuthException what the server's error means, or {@link ClientAuthException} if the answer breaks the rules
     */
    public static TokenResponse check(HttpAnswer answer, TokenRequest request, Duration defaultLifetime, Instant now) {
        ErrorDetails where = ErrorDetails.of("", "").at(request.endpoint()).correlationId(request.correlationId());
        if (!answer.isSuccess()) {
            throw ErrorAnswer.toException(answer, where, now);
        }
        try {
            JsonObject body = Json.parseObject(answer.body());
            if (ErrorBody.isError(body)) {
                throw ErrorAnswer.toException(answer, where, now);
            }
            return parse(body, request.scopes(), defaultLifetime, where.status(answer.status()));
        } catch (JsonException e) {
            throw broken(
                    where.status(answer.status()),
                    ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                    "the token answer is unusable: " + e.getMessage());
        }
    }

    /**
     * Whether an answer grants tokens, be they of use or not: what was sent for them is spent. So is it if the answer is
     * JSON that cannot be read. Anything else, such as a page, is no answer of a token endpoint (RFC 6749 section 5.1),
     * but of something on the way there.
     */
    public static boolean isGrant(HttpAnswer answer) {
        JsonObject body = objectIn(answer);
        return answer.isSuccess()
                && (body == null ? answer.body().stripLeading().startsWith("{") : !ErrorBody.isError(body));
    }

    /** The refresh token of an answer that grants tokens, whatever else in it is of no use; null if there is none. */
    public static @Nullable Secret refreshTokenIn(HttpAnswer answer) {
        JsonObject body = objectIn(answer);
        return body == null ? null : secret(body, "refresh_token");
    }

    /** The same for whom an ID token is of no use. */
    public TokenResponse withoutIdToken() {
        return new TokenResponse(
                accessToken,
                tokenType,
                expiresIn,
                extendedExpiresIn,
                refreshIn,
                refreshToken,
                refreshTokenExpiresIn,
                scope,
                null,
                clientInfo,
                familyId);
    }

    private static @Nullable JsonObject objectIn(HttpAnswer answer) {
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            return null;
        }
    }

    private static TokenResponse parse(
            JsonObject body, Scopes requested, Duration defaultLifetime, ErrorDetails where) {
        boolean isSignInOnly = isSignInOnly(body, requested);
        String tokenType = isSignInOnly ? "Bearer" : required(body, "token_type", where);
        if (!tokenType.equalsIgnoreCase("Bearer")) {
            throw broken(
                    where,
                    ErrorCodes.UNSUPPORTED_TOKEN_TYPE,
                    "the authority issued a token of a type that was not asked for");
        }
        String scope = body.string("scope");
        String idToken = present(body, "id_token");
        return new TokenResponse(
                isSignInOnly ? null : Secret.of(headerSafe(required(body, "access_token", where), where)),
                tokenType,
                lifetime(body, defaultLifetime),
                life(body, "ext_expires_in"),
                life(body, "refresh_in"),
                secret(body, "refresh_token"),
                life(body, "refresh_token_expires_in"),
                scope == null || scope.isBlank() ? null : Scopes.granted(scope, requested),
                idToken == null ? null : new RawIdToken(Secret.of(idToken)),
                present(body, "client_info"),
                present(body, "foci"));
    }

    /** Azure AD B2C: who asks for no API's scope gets no access token. */
    private static boolean isSignInOnly(JsonObject body, Scopes requested) {
        return isAbsent(body, "access_token") && requested.isSignInOnly() && present(body, "id_token") != null;
    }

    private static boolean isAbsent(JsonObject body, String member) {
        Object value = body.asMap().get(member);
        return value == null || value.equals("");
    }

    /** RFC 6749 section 5.1 only recommends to state it. A life of nothing is a life of nothing. */
    private static Duration lifetime(JsonObject body, Duration otherwise) {
        Long seconds = body.number("expires_in");
        if (seconds == null) {
            return otherwise;
        }
        return Duration.ofSeconds(Math.min(Math.max(seconds, 0), LONGEST_LIFE_SECONDS));
    }

    /** RFC 6749 appendix A.12: visible ASCII. It goes into a header, where a line break would start another one. */
    private static String headerSafe(String accessToken, ErrorDetails where) {
        if (!accessToken.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw broken(
                    where,
                    ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                    "the access token holds characters that no token may have (RFC 6749 appendix A.12)");
        }
        return accessToken;
    }

    private static String required(JsonObject body, String member, ErrorDetails where) {
        String value = present(body, member);
        if (value == null) {
            throw broken(
                    where,
                    ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                    isAbsent(body, member)
                            ? "the token answer lacks the member " + member + " (RFC 6749 section 5.1)"
                            : "the member " + member + " of the token answer is no text (RFC 6749 section 5.1)");
        }
        return value;
    }

    private static @Nullable String present(JsonObject body, String member) {
        String value = body.string(member);
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable Secret secret(JsonObject body, String member) {
        String value = present(body, member);
        return value == null ? null : Secret.of(value);
    }

    /** A life in seconds; nonsense reads as absent, eternity as ten years. */
    private static @Nullable Duration life(JsonObject body, String member) {
        Long seconds = body.number(member);
        return seconds == null || seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE_SECONDS));
    }

    private static ClientAuthException broken(ErrorDetails where, String code, String message) {
        return new ClientAuthException(ErrorDetails.of(code, message)
                .at(where.endpoint())
                .correlationId(where.correlationId())
                .status(where.status()));
    }

    @Override
    public String toString() {
        return PrintableText.of("TokenResponse[" + tokenType + " for " + (scope == null ? "what was asked for" : scope)
                + ", expires in " + expiresIn + "]");
    }
}
