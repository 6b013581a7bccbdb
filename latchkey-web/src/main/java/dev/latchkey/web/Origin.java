package dev.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin that the person's browser sees (RFC 6454): as configured, else as the request names it. Behind a proxy that
 * is right only if the container is told to believe the proxy's {@code Forwarded} headers.
 */
record Origin(String value) {
    private static final int LONGEST = 2048;

    static Origin of(HttpServletRequest request, @Nullable URI configured) {
        return configured == null
                ? of(request.getScheme(), request.getServerName(), request.getServerPort())
                : of(configured.getScheme(), configured.getHost(), configured.getPort());
    }

    private static Origin of(String scheme, @Nullable String host, int port) {
        if (host == null || host.isEmpty() || !host.chars().allMatch(Origin::isOfHosts)) {
            throw new Refusal(400, "invalid_request", "the request names no host that can be");
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        boolean usual = port < 0 || port == (lower.equals("https") ? 443 : 80);
        return new Origin(lower + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port));
    }

    /** RFC 3986 section 3.2.2 without escapes, which no browser sends; brackets and colons are those of IPv6. */
    private static boolean isOfHosts(int c) {
        return PageRequests.isLetterOrDigit(c) || "-._[]:".indexOf(c) >= 0;
    }

    /**
     * An address of this origin.
     *
     * @throws Refusal where the request's host and path make none
     */
    URI resolve(String path) {
        try {
            return new URI(value + path);
        } catch (URISyntaxException e) {
            throw new Refusal(400, "invalid_request", "the request names no host that can be");
        }
    }

    /**
     * The path, query and fragment of an address of this origin; empty for any other address. What comes out starts with
     * exactly one slash: no browser takes it for another host.
     */
    Optional<String> pathOf(String address) {
        if (address.length() > LONGEST || address.chars().anyMatch(c -> c <= ' ' || c == '\\' || c >= 0x7f)) {
            return Optional.empty();
        }
        String path = address.startsWith(value) ? address.substring(value.length()) : address;
        if (path.isEmpty() || path.charAt(0) == '?' || path.charAt(0) == '#') {
            path = "/" + path;
        }
        boolean oneSlash = path.startsWith("/") && !path.startsWith("//");
        return oneSlash ? Optional.of(encoded(path)).filter(Origin::isPath) : Optional.empty();
    }

    /** Browsers leave characters in queries and fragments that RFC 3986 wants encoded. */
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        boolean inFragment = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean second = c == '#' && inFragment;
            inFragment |= c == '#';
            if (second || "\"<>^`{|}[]".indexOf(c) >= 0) {
                encoded.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isPath(String path) {
        try {
            URI uri = new URI(path);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
