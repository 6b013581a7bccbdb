package dev.latchkey.core.authorize;

import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * An authorization response as the browser delivered it, in a query or a form body (RFC 6749 section 4.1.2, OAuth 2.0
 * Form Post Response Mode). The state is known even if the rest cannot be read, so that the sign-in to which it belongs
 * can end with a reason. Nothing in it has been checked. Immutable.
 */
public final class EncodedResponse {
    /** More than any authority sends; what is beyond is not searched for the state. */
    private static final int MOST_PARAMETERS = 100;

    private static final String STATE = "state=";

    private final @Nullable String state;
    private final @Nullable Parameters parameters;

    private EncodedResponse(@Nullable String state, @Nullable Parameters parameters) {
        this.state = state;
        this.parameters = parameters;
    }

    /** Reads a query without its question mark, or a form body. */
    public static EncodedResponse of(String encoded) {
        Parameters parameters = decoded(encoded);
        return parameters == null
                ? new EncodedResponse(onlyState(encoded), null)
                : new EncodedResponse(parameters.get("state"), parameters);
    }

    /** The {@code state}; null if there is none, or several. */
    public @Nullable String state() {
        return state;
    }

    /**
     * All parameters.
     *
     * @throws ClientAuthException with {@code failed_to_parse_response} if one is repeated (RFC 6749 section 3.1), or the
     *     encoding is not that of a form
     */
    public Parameters parameters() {
        if (parameters == null) {
            throw failure();
        }
        return parameters;
    }

    /** The failure of a response that cannot be read. */
    public ClientAuthException failure() {
        return new ClientAuthException(
                ErrorCodes.FAILED_TO_PARSE_RESPONSE,
                "the authority's response in the browser repeats a parameter (RFC 6749 section 3.1) or is not"
                        + " form-encoded; it was discarded");
    }

    /** Whether {@link #parameters} can be read. */
    public boolean isReadable() {
        return parameters != null;
    }

    private static @Nullable Parameters decoded(String encoded) {
        if (!encoded.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        try {
            return Parameters.decode(encoded);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String onlyState(String encoded) {
        String only = null;
        for (String pair : encoded.split("&", MOST_PARAMETERS)) {
            if (pair.startsWith(STATE)) {
                if (only != null) {
                    return null;
                }
                only = pair;
            }
        }
        Parameters read = only == null ? null : decoded(only);
        return read == null ? null : read.get("state");
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "EncodedResponse[" + (parameters == null ? "unreadable" : parameters) + "]";
    }
}
