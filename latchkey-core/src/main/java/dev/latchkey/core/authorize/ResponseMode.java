package dev.latchkey.core.authorize;

import java.util.Locale;

/** How the authority hands the authorization response back (OAuth 2.0 Multiple Response Types, Form Post). */
public enum ResponseMode {
    /** In the query of the redirect URI. */
    QUERY,
    /** In the fragment of the redirect URI: only a page can read it. */
    FRAGMENT,
    /** In the body of a POST to the redirect URI: stays out of history, logs and referrers. */
    FORM_POST;

    /** The value of {@code response_mode}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
