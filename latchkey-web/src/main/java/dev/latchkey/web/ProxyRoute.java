package dev.latchkey.web;

import dev.latchkey.core.Scopes;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An API that is called with a token of the session's account.
 *
 * @param name the name in the path
 * @param target the base address to which the rest of the path is appended
 * @param scopes the scopes that the token must have
 */
record ProxyRoute(String name, URI target, Scopes scopes) {
    ProxyRoute {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a route's name must consist of letters, digits, - and _: " + name);
        }
        boolean loopback = "localhost".equals(target.getHost()) || "127.0.0.1".equals(target.getHost());
        if (!"https".equals(target.getScheme()) && !("http".equals(target.getScheme()) && loopback)) {
            throw new IllegalArgumentException("a token must not be sent to this address: " + target);
        }
    }

    /** The address for the rest of a path, which is still encoded; null if it would be outside the target. */
    @Nullable
    URI resolve(String rest, @Nullable String query) {
        String base = target.toString();
        String address = (base.endsWith("/") ? base : base + "/") + rest + (query == null ? "" : "?" + query);
        try {
            URI uri = URI.create(address);
            String lower = rest.toLowerCase(Locale.ROOT).replace("%25", "%");
            boolean dots = lower.replace("%2e", ".").contains("..");
            boolean hidden = lower.contains("\\")
                    || lower.contains("%5c")
                    || lower.contains("%2f")
                    || lower.contains("//")
                    || lower.startsWith("/");
            return dots || hidden ? null : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
