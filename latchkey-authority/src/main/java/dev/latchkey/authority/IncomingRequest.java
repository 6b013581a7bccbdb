package dev.latchkey.authority;

import java.util.Map;
import java.util.Optional;

/**
 * A request as fault scripts and barriers see it before it is answered. Unlike {@link RecordedRequest} it has the
 * secrets; {@code toString} does not show them.
 *
 * @param path without the query
 * @param parameters of query and form, first values
 * @param headers names in lower case
 */
public record IncomingRequest(
        Endpoint endpoint, String method, String path, Map<String, String> parameters, Map<String, String> headers) {
    public IncomingRequest {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** A parameter's value. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The grant type, if the request named one that exists. */
    public Optional<GrantType> grantType() {
        return parameter("grant_type").flatMap(GrantType::of);
    }

    /** Whether this is a token request of that grant type. */
    public boolean isGrant(GrantType grantType) {
        return grantType().filter(grantType::equals).isPresent();
    }

    @Override
    public String toString() {
        return "IncomingRequest[" + method + " " + path + "]";
    }
}
