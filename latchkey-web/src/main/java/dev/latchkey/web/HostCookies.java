package dev.latchkey.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a front. {@code __Host-}: only this host can set them, and only over a secure connection, so that no
 * neighbouring host can plant one (draft-ietf-httpbis-rfc6265bis section 4.1.3.2). Browsers treat http on localhost as
 * secure.
 */
final class HostCookies {
    private HostCookies() {}

    /** The prefix of the names of a front's cookies. */
    static String nameOf(String front) {
        return "__Host-latchkey-" + front;
    }

    static List<Cookie> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? List.of() : List.of(cookies);
    }

    /** Sets a cookie with a lifetime, or until the browser is closed. */
    static void set(HttpServletResponse response, String name, String value, @Nullable Duration life) {
        String maxAge = life == null ? "" : "; Max-Age=" + life.toSeconds();
        response.addHeader("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax" + maxAge);
    }

    static void remove(HttpServletResponse response, String name) {
        set(response, name, "", Duration.ZERO);
    }
}
