package dev.latchkey.core.authorize;

import dev.latchkey.core.discovery.ProviderMetadata;

/** How the authority hands its answer back (OAuth 2.0 Multiple Response Types, OAuth 2.0 Form Post Response Mode). */
public enum ResponseMode {
    /** In the query of the redirect URI. */
    QUERY("query"),
    /** In the fragment of the redirect URI, which no server sees. */
    FRAGMENT("fragment"),
    /** In the body of a form that the browser posts to the redirect URI. */
    FORM_POST("form_post");

    private final String wireName;

    ResponseMode(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code response_mode}. */
    public String wireName() {
        return wireName;
    }

    /** Whether the authority lists this mode. */
    public boolean isOfferedBy(ProviderMetadata authority) {
        return authority.responseModes().contains(wireName);
    }
}
