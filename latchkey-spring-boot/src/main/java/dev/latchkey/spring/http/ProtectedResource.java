package dev.latchkey.spring.http;

import dev.latchkey.core.Scopes;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Addresses to which calls send a token: this scheme, host and port, and this path or a path below it.
 *
 * @param uri the base address; without query, {@code https} unless the host is loopback
 * @param scopes the scopes that the token must have; if empty, calls there send no token
 * @param methods the HTTP methods that this applies to; if empty, all
 */
public record ProtectedResource(URI uri, Scopes scopes, Set<String> methods) {
    /** Checks that a token may be sent there. */
    public ProtectedResource {
        methods =
                methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("a protected resource must have a scheme and a host: " + uri);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a protected resource must not have a query or fragment: " + uri);
        }
        if (!isSafe(uri)) {
            throw new IllegalArgumentException("a token must not be sent to this address: " + uri);
        }
    }

    /** Creates a protected resource for all methods. */
    public static ProtectedResource of(String uri, String... scopes) {
        return new ProtectedResource(URI.create(uri), Scopes.of(scopes), Set.of());
    }

    boolean covers(String method, URI target) {
        return (methods.isEmpty() || methods.contains(method))
                && isSameOrigin(target)
                && target.getRawUserInfo() == null
                && coversPath(target.getRawPath());
    }

    /** How specific the resource is: first by the length of its path, then by whether it names methods. */
    int precision() {
        return path(uri.getRawPath()).length() * 2 + (methods.isEmpty() ? 0 : 1);
    }

    private boolean isSameOrigin(URI target) {
        return uri.getScheme().equalsIgnoreCase(target.getScheme())
                && uri.getHost().equalsIgnoreCase(target.getHost())
                && port(uri) == port(target);
    }

    private boolean coversPath(String rawPath) {
        String mine = path(uri.getRawPath());
        String other = path(rawPath);
        boolean below = other.startsWith(mine + "/") || other.equals(mine);
        return below && !leaves(other.substring(mine.length()));
    }

    /** Whether a server might resolve the rest to a path outside this resource. */
    private static boolean leaves(String rest) {
        String plain = rest.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "\\");
        return plain.contains("\\") || (plain + "/").contains("/../") || (plain + ";").contains("/..;");
    }

    private static String path(String raw) {
        String path = raw == null ? "" : raw;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isHttps(uri) ? 443 : 80;
    }

    private static boolean isSafe(URI uri) {
        boolean loopback =
                Set.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost().toLowerCase(Locale.ROOT));
        return isHttps(uri) || ("http".equalsIgnoreCase(uri.getScheme()) && loopback);
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }
}
