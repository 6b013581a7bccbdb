package dev.latchkey.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a front. {@code __Host-}: only this host over a safe connection can set them, so no neighbour can plant
 * one (draft-ietf-httpbis-rfc6265bis section 4.1.3.2). Browsers count http on localhost as safe.
 */
final class HostCookies {
    private HostCookies() {}

    /** What the names of a front's cookies begin with. */
    static String nameOf(String front) {
        return "__Host-latchkey-" + front;
    }

    static List<Cookie> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? List.of() : List.of(cookies);
    }

    /** Sets a cookie for some time, or for as long as the browser runs. */
    static void set(HttpServletResponse response, String name, String value, @Nullable Duration life) {
        String maxAge = life == null ? "" : "; Max-Age=" + life.toSeconds();
        response.addHeader("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax" + maxAge);
    }

    static void remove(HttpServletResponse response, String name) {
        set(response, name, "", Duration.ZERO);
    }
}
