package dev.latchkey.authority.api;

import dev.latchkey.authority.http.Reply;
import dev.latchkey.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call without a good enough token, with the answer it gets (RFC 6750 section 3). */
final class BearerException extends Exception {
    private final int status;
    private final String error;
    private final String scope;

    private String scheme = "Bearer";
    private String nonce = "";
    private String claims = "";

    private BearerException(int status, String error, String description, String scope) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.scope = scope;
    }

    /** No token at all: the challenge says no more than that one is needed. */
    static BearerException missing(String scope) {
        return new BearerException(401, "", "An access token is needed.", scope);
    }

    /** RFC 6750 section 3.1. */
    static BearerException malformed(String description) {
        return new BearerException(400, "invalid_request", description, "");
    }

    static BearerException invalid(String description) {
        return new BearerException(401, "invalid_token", description, "");
    }

    static BearerException insufficient(String scope) {
        return new BearerException(403, "insufficient_scope", "The access token lacks the scope " + scope + ".", scope);
    }

    /** RFC 9449 section 7.1. */
    static BearerException dpop(String error, String description, String nonce) {
        var refusal = new BearerException(401, error, description, "");
        refusal.scheme = "DPoP";
        refusal.nonce = nonce;
        return refusal;
    }

    /** Entra's claims challenge: what the next token request must have as {@code claims}, in base64. */
    static BearerException claims(Instant notBefore) {
        var wanted = Map.of("essential", true, "value", Long.toString(notBefore.getEpochSecond()));
        String json = Json.write(Map.of("access_token", Map.of("nbf", wanted)));
        var challenge = new BearerException(
                401, "insufficient_claims", "Continuous access evaluation resulted in a challenge.", "");
        challenge.claims = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return challenge;
    }

    Reply reply(String realm) {
        StringBuilder challenge =
                new StringBuilder(scheme).append(" realm=\"").append(realm).append('"');
        if (!error.isEmpty()) {
            challenge.append(", error=\"").append(error).append('"');
            challenge.append(", error_description=\"").append(getMessage()).append('"');
        }
        if (!claims.isEmpty()) {
            challenge.append(", claims=\"").append(claims).append('"');
        }
        if (!scope.isEmpty()) {
            challenge.append(", scope=\"").append(scope).append('"');
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("code", error.isEmpty() ? "InvalidAuthenticationToken" : error);
        problem.put("message", getMessage());
        Reply reply = Reply.json(status, Map.of("error", problem)).header("WWW-Authenticate", challenge.toString());
        return nonce.isEmpty() ? reply : reply.header("DPoP-Nonce", nonce);
    }
}
