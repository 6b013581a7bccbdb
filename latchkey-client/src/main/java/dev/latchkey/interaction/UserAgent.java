package dev.latchkey.interaction;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
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
     * @throws BrowserAuthException if the page cannot be shown; the interaction fails with it
     */
    void open(URI authorizationUri);

    /**
     * A user agent that leaves the page to another one if this one has no browser (code {@code no_browser}), as over ssh or
     * without a display; the interaction then goes on. The other one may show the user the address:
     *
     * <pre>{@code
     * builder.userAgent(SystemBrowser.create().orElse(page -> System.err.println("Open " + page)))
     * }</pre>
     *
     * <p>The address works while the call waits, in a browser that reaches the loopback address of this machine: on it, or
     * on one that forwards the port in the parameter {@code redirect_uri}, as {@code ssh -L} does.
     *
     * @param other shows the page in this case
     */
    default UserAgent orElse(UserAgent other) {
        return page -> {
            try {
                open(page);
            } catch (BrowserAuthException e) {
                if (!e.errorCode().equals(ErrorCodes.NO_BROWSER)) {
                    throw e;
                }
                other.open(page);
            }
        };
    }
}
