package dev.latchkey.authority;

import java.util.Arrays;
import java.util.Optional;

/** What a token is asked for with. */
public enum GrantType {
    /** RFC 6749 section 4.1, with PKCE (RFC 7636). */
    AUTHORIZATION_CODE("authorization_code"),
    /** RFC 6749 section 6. */
    REFRESH_TOKEN("refresh_token"),
    /** RFC 8628. */
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
    /** RFC 6749 section 4.4. */
    CLIENT_CREDENTIALS("client_credentials"),
    /** RFC 7523; Entra's on-behalf-of. */
    JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer"),
    /** RFC 8693. */
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange");

    private static final String SHORT_DEVICE_CODE = "device_code";

    private final String wireName;

    GrantType(String wireName) {
        this.wireName = wireName;
    }

    /** The {@code grant_type} parameter's value. */
    public String wireName() {
        return wireName;
    }

    /**
     * The grant of a {@code grant_type} parameter; empty if the authority does not know it. {@code device_code} is the
     * device grant too: Entra takes it, and its libraries send it.
     */
    public static Optional<GrantType> of(String wireName) {
        return Arrays.stream(values())
                .filter(grant ->
                        grant.wireName.equals(wireName) || (grant == DEVICE_CODE && wireName.equals(SHORT_DEVICE_CODE)))
                .findFirst();
    }
}
