package dev.latchkey.interaction;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Shows pages in the user's regular browser, with its sessions, passwords and passkeys (RFC 8252).
 *
 * <p>Works on Linux and other Unixes, macOS, Windows and WSL, without AWT and without a shell. Commands in the
 * environment variable {@code BROWSER} are tried first; {@code BROWSER=none} means that there is no browser.
 * Thread-safe.
 */
public final class SystemBrowser implements UserAgent {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Set<String> SCHEMES = Set.of("https", "http");

    private final BrowserHost host;

    private SystemBrowser(BrowserHost host) {
        this.host = host;
    }

    /** The browser of this machine. */
    public static SystemBrowser create() {
        return on(new LocalHost(GRACE));
    }

    static SystemBrowser on(BrowserHost host) {
        return new SystemBrowser(host);
    }

    /**
     * Opens the page in the browser; returns within about a second.
     *
     * @throws BrowserAuthException with the code {@code no_browser} if no browser can be opened: no display, an ssh
     *     session, a container, or every command failed; with {@code loopback_unreachable} in a cloud workspace, to which
     *     the user's browser would not find back
     */
    @Override
    public void open(URI authorizationUri) {
        requireWebPage(authorizationUri);
        BrowserPlace place = new BrowserPlace(host);
        place.whyUnreachable().ifPresent(reason -> {
            throw unreachable(reason);
        });
        place.whyNone().ifPresent(reason -> {
            throw noBrowser(reason);
        });
        String address = CommandAddress.of(authorizationUri);
        if (new BrowserCommands(host, place).opening(address).stream().noneMatch(host::start)) {
            throw noBrowser(place.whyNoDesktop().orElse("no command that opens one was found"));
        }
    }

    /** Addresses come from the authority's metadata: a file or a program must never be opened for it. */
    private static void requireWebPage(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(LowerCase.of(scheme)) || uri.getHost() == null) {
            throw new BrowserAuthException(
                    ErrorCodes.POPUP_WINDOW_ERROR, "only http and https pages are opened in a browser");
        }
    }

    /** Without the address: with this failure the call ends, and nobody waits for the answer any more. */
    private static BrowserAuthException noBrowser(String reason) {
        return new BrowserAuthException(
                ErrorCodes.NO_BROWSER,
                "no browser can be opened: " + reason + ". Sign in with a device code instead"
                        + " (acquireTokenByDeviceCode), or show the user the address (userAgent, UserAgent.orElse)");
    }

    private static BrowserAuthException unreachable(String reason) {
        return new BrowserAuthException(
                ErrorCodes.LOOPBACK_UNREACHABLE,
                "the user's browser cannot reach this program: " + reason
                        + ". Sign in with a device code instead (acquireTokenByDeviceCode)");
    }
}
