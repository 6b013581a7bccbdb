package dev.latchkey.authority.claims;

import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code claims} parameter (OpenID Connect Core section 5.5), with what Entra adds to it for access tokens. */
public final class ClaimsRequest {
    /** The only authentication context class there is: a password. */
    public static final String PASSWORD = "urn:latchkey:acr:password";

    private static final int MAX_DIGITS = 12;
    private static final String ID_TOKEN = "id_token";
    private static final String USER_INFO = "userinfo";
    private static final String ACCESS_TOKEN = "access_token";

    private final JsonObject request;

    private ClaimsRequest(JsonObject request) {
        this.request = request;
    }

    /** Reads the parameter; without it nothing is asked for. */
    public static ClaimsRequest parse(Optional<String> parameter) throws OAuthException {
        try {
            ClaimsRequest read = new ClaimsRequest(Json.parseObject(parameter.orElse("{}")));
            for (String where : List.of(ID_TOKEN, USER_INFO, ACCESS_TOKEN)) {
                read.checkMembers(where);
            }
            return read;
        } catch (JsonException e) {
            throw Problem.UNSUPPORTED_VALUE.because("the parameter claims is not a JSON object: " + e.getMessage());
        }
    }

    /** Claims about the person that are asked for by name. */
    public RequestedClaims requested() {
        return new RequestedClaims(known(ID_TOKEN), known(USER_INFO));
    }

    /** The one person that the client wants to sign in, by the {@code sub} of the ID token (section 5.5). */
    public Optional<String> subject() {
        return values(claim(ID_TOKEN, "sub")).stream().findFirst();
    }

    /** Section 5.5.1.1: an essential {@code acr} that cannot be had is a sign-in that fails. */
    public void checkContext() throws OAuthException {
        JsonObject asked = claim(ID_TOKEN, "acr");
        List<String> values = values(asked);
        if (asked != null && asked.isTrue("essential") && !values.isEmpty() && !values.contains(PASSWORD)) {
            throw Problem.REQUIREMENTS_UNMET.because(
                    "none of the essential authentication contexts " + values + " can be had here, only " + PASSWORD);
        }
    }

    /** {@code xms_cc}: what the client says it can handle, {@code cp1} for claims challenges. */
    public List<String> capabilities() {
        JsonObject capabilities = claim(ACCESS_TOKEN, "xms_cc");
        return capabilities == null ? List.of() : capabilities.strings("values");
    }

    /** {@code nbf}: the instant an API challenged with, in seconds. */
    public Optional<Long> notBefore() {
        JsonObject notBefore = claim(ACCESS_TOKEN, "nbf");
        String instant = notBefore == null ? "" : notBefore.string("value", "");
        boolean number = !instant.isEmpty()
                && instant.length() <= MAX_DIGITS
                && instant.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? Optional.of(Long.parseLong(instant)) : Optional.empty();
    }

    private Set<String> known(String where) {
        JsonObject asked = request.object(where);
        Set<String> known = new LinkedHashSet<>(PersonClaims.names());
        known.retainAll(asked == null ? Set.of() : asked.names());
        return known;
    }

    private @Nullable JsonObject claim(String where, String name) {
        JsonObject asked = request.object(where);
        return asked == null ? null : asked.object(name);
    }

    private static List<String> values(@Nullable JsonObject claim) {
        if (claim == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(claim.strings("values"));
        String value = claim.string("value");
        if (value != null) {
            values.add(value);
        }
        return values;
    }

    private void checkMembers(String where) throws OAuthException {
        Object asked = request.asMap().get(where);
        boolean object = asked == null || asked instanceof Map<?, ?>;
        JsonObject claims = request.object(where);
        boolean wellFormed = object
                && (claims == null
                        || claims.asMap().values().stream()
                                .allMatch(each -> each == null || each instanceof Map<?, ?>));
        if (!wellFormed) {
            throw Problem.UNSUPPORTED_VALUE.because("the member " + where
                    + " of the parameter claims must be an object, whose members are null or objects");
        }
    }
}
