package dev.latchkey.interaction;

import java.net.URI;

/**
 * Shows a page of the authority to the user: the system browser, a window of the application, or a scripted user in a
 * test. {@link SystemBrowser} is the default.
 *
 * <p>Implementations must be thread-safe. The response does not pass through the user agent: the authority redirects
 * the user to the redirect URI.
 */
@FunctionalInterface
public interface UserAgent {
    /**
     * Shows the page and returns at once, without waiting for the user.
     *
     * @param authorizationUri the address to show, unchanged; it contains no secret, but is meant for this user only
     * @throws dev.latchkey.core.error.BrowserAuthException if the page cannot be shown; the interaction fails with it
     */
    void open(URI authorizationUri);
}
