package dev.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin that the person's browser sees (RFC 6454): as configured, else as the request names it. Behind a proxy that
 * is right only if the container is told to believe the proxy's {@code Forwarded} headers.
 */
record Origin(String value) {
    static Origin of(HttpServletRequest request, @Nullable URI configured) {
        return configured == null
                ? of(request.getScheme(), request.getServerName(), request.getServerPort())
                : of(configured.getScheme(), configured.getHost(), configured.getPort());
    }

    private static Origin of(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        boolean usual = port < 0 || port == (lower.equals("https") ? 443 : 80);
        return new Origin(lower + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port));
    }

    URI resolve(String path) {
        return URI.create(value + path);
    }

    /**
     * The path, query and fragment of an address of this origin; empty for any other address. What comes out starts with
     * exactly one slash: no browser takes it for another host.
     */
    Optional<String> pathOf(String address) {
        if (address.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f)) {
            return Optional.empty();
        }
        String path = address.startsWith(value) ? address.substring(value.length()) : address;
        if (path.isEmpty() || path.charAt(0) == '?' || path.charAt(0) == '#') {
            path = "/" + path;
        }
        boolean oneSlash = path.startsWith("/") && !path.startsWith("//");
        return oneSlash && isAddress(path) ? Optional.of(path) : Optional.empty();
    }

    /** Browsers write more into fragments and queries than RFC 3986 allows; the path has to be proper. */
    private static boolean isAddress(String path) {
        try {
            URI uri = URI.create(path.split("[?#]", 2)[0]);
            return uri.getScheme() == null && uri.getAuthority() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
