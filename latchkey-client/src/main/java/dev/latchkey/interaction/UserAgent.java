package dev.latchkey.interaction;

import java.net.URI;

/**
 * Shows a page of the authority to the person: the system browser, a window of the application, or a scripted person in
 * a test. {@link SystemBrowser} is what an application gets when it names none.
 *
 * <p>Implementations must be thread-safe. The answer does not come back through here: the authority sends the person on
 * to the redirect URI.
 */
@FunctionalInterface
public interface UserAgent {
    /**
     * Shows the page and returns at once, without waiting for the person.
     *
     * @param authorizationUri the address to show, exactly as it is; it holds no secret, but is for this person only
     * @throws dev.latchkey.core.error.BrowserAuthException if the page cannot be shown; the interaction ends with it
     */
    void open(URI authorizationUri);
}
