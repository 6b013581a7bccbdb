package dev.latchkey.authority.api;

import dev.latchkey.authority.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call without a good enough token, with the answer it gets (RFC 6750 section 3). */
final class BearerException extends Exception {
    private final int status;
    private final String error;
    private final String scope;

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

    static BearerException invalid(String description) {
        return new BearerException(401, "invalid_token", description, "");
    }

    static BearerException insufficient(String scope) {
        return new BearerException(403, "insufficient_scope", "The access token lacks the scope " + scope + ".", scope);
    }

    Reply reply(String realm) {
        StringBuilder challenge =
                new StringBuilder("Bearer realm=\"").append(realm).append('"');
        if (!error.isEmpty()) {
            challenge.append(", error=\"").append(error).append('"');
            challenge.append(", error_description=\"").append(getMessage()).append('"');
        }
        if (!scope.isEmpty()) {
            challenge.append(", scope=\"").append(scope).append('"');
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("code", error.isEmpty() ? "InvalidAuthenticationToken" : error);
        problem.put("message", getMessage());
        return Reply.json(status, Map.of("error", problem)).header("WWW-Authenticate", challenge.toString());
    }
}
