package dev.latchkey.authority;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request the authority answered, without its secrets.
 *
 * @param at the authority's time
 * @param path without the query
 * @param parameters of query and form; secret values are replaced by {@value #REDACTED}
 * @param headers names in lower case, secret values replaced
 * @param outcome how it was answered
 */
public record RecordedRequest(
        Instant at,
        Endpoint endpoint,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        Outcome outcome) {
    /** Stands where a secret was. */
    public static final String REDACTED = "(redacted)";

    /**
     * How a request was answered.
     *
     * @param status 0 if a fault reset the connection instead
     * @param error the OAuth error code, empty if there was none
     */
    public record Outcome(String method, int status, String error) {}

    public RecordedRequest {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** The grant type, if the request named one that exists. */
    public Optional<GrantType> grantType() {
        return Optional.ofNullable(parameters.get("grant_type")).flatMap(GrantType::of);
    }

    /** The {@code client_id} parameter. */
    public Optional<String> clientId() {
        return Optional.ofNullable(parameters.get("client_id"));
    }

    /** The status answered. */
    public int status() {
        return outcome.status();
    }
}
