package dev.latchkey.authority.authorize;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Compares redirect URIs: exactly, but for the port of an http loopback address (RFC 8252 section 7.3). */
public final class RedirectUris {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private RedirectUris() {}

    /** Whether a URI that came in is one of the registered. */
    public static boolean matchesAny(List<URI> registered, String candidate) {
        return registered.stream().anyMatch(uri -> uri.toString().equals(candidate) || matchesLoopback(uri, candidate));
    }

    /** Whether this is plain http to this machine. */
    public static boolean isLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static boolean matchesLoopback(URI registered, String candidate) {
        try {
            URI uri = new URI(candidate);
            return isLoopback(registered)
                    && isLoopback(uri)
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && registered.getHost().equalsIgnoreCase(uri.getHost())
                    && path(registered).equals(path(uri))
                    && Objects.equals(registered.getRawQuery(), uri.getRawQuery());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String path(URI uri) {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }
}
