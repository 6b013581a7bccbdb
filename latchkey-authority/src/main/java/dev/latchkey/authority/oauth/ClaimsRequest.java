package dev.latchkey.authority.oauth;

import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What the {@code claims} parameter asks of the access token (OpenID Connect Core section 5.5, as Entra extends it).
 *
 * @param capabilities {@code xms_cc}: what the client says it can handle, {@code cp1} for claims challenges
 * @param notBefore {@code nbf}: the instant an API challenged with, in seconds
 */
record ClaimsRequest(List<String> capabilities, Optional<Long> notBefore) {
    private static final ClaimsRequest NONE = new ClaimsRequest(List.of(), Optional.empty());

    static ClaimsRequest parse(Optional<String> parameter) throws OAuthException {
        if (parameter.isEmpty()) {
            return NONE;
        }
        try {
            JsonObject accessToken = Json.parseObject(parameter.get()).object("access_token");
            return accessToken == null ? NONE : of(accessToken);
        } catch (JsonException e) {
            throw Problem.UNSUPPORTED_VALUE.because("the parameter claims is not a JSON object: " + e.getMessage());
        }
    }

    private static ClaimsRequest of(JsonObject accessToken) {
        JsonObject capabilities = accessToken.object("xms_cc");
        JsonObject notBefore = accessToken.object("nbf");
        String instant = notBefore == null ? "" : notBefore.string("value", "");
        boolean number = instant.matches("[0-9]{1,12}");
        return new ClaimsRequest(
                capabilities == null ? List.of() : capabilities.strings("values"),
                number ? Optional.of(Long.parseLong(instant)) : Optional.empty());
    }
}
