package dev.latchkey;

import java.net.URI;

/**
 * What {@code acquireTokenRedirect} is asked for: the same as for a popup, and where the authority sends the person
 * afterwards. Immutable.
 *
 * @param asked what is wanted; its timeout and override are for popups and count for nothing here
 * @param redirectUri where the answer comes to; registered at the authority
 */
public record RedirectRequest(PopupRequest asked, URI redirectUri) {
    /** A request for these scopes. */
    public static RedirectRequest of(URI redirectUri, String... scopes) {
        return new RedirectRequest(PopupRequest.of(scopes), redirectUri);
    }
}
