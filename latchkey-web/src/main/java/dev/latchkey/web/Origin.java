package dev.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin that the user's browser sees (RFC 6454): the configured one, otherwise that of the request. Behind a proxy
 * the latter is right only if the container trusts the proxy's {@code Forwarded} headers.
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
            throw new Refusal(400, "invalid_request", "the request names no valid host");
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        boolean usual = port < 0 || port == (lower.equals("https") ? 443 : 80);
        return new Origin(lower + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port));
    }

    /**
     * The characters of RFC 3986 section 3.2.2 without escapes, which no browser sends; brackets and colons are for
     * IPv6.
     */
    private static boolean isOfHosts(int c) {
        return PageRequests.isLetterOrDigit(c) || "-._[]:".indexOf(c) >= 0;
    }

    /**
     * An address of this origin.
     *
     * @throws Refusal if the request's host and path do not form a URI
     */
    URI resolve(String path) {
        try {
            return new URI(value + path);
        } catch (URISyntaxException e) {
            throw new Refusal(400, "invalid_request", "the request names no valid host");
        }
    }

    /**
     * The path, query and fragment of an address of this origin; empty for any other address. The result starts with
     * exactly one slash, so that no browser mistakes it for another host.
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

    /** Browsers leave characters in queries and fragments that RFC 3986 requires to be encoded. */
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
