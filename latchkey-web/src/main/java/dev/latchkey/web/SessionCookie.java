package dev.latchkey.web;

import dev.latchkey.web.session.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that identifies the session.
 *
 * @param name distinguishes several fronts on one host
 */
record SessionCookie(String name) {
    static SessionCookie of(String front) {
        return new SessionCookie(HostCookies.nameOf(front));
    }

    Optional<SessionId> read(HttpServletRequest request) {
        return HostCookies.of(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .flatMap(cookie -> SessionId.of(cookie.getValue()));
    }

    /** Sets the cookie until the browser is closed, or removes it. */
    void write(HttpServletResponse response, @Nullable SessionId id) {
        if (id == null) {
            HostCookies.remove(response, name);
        } else {
            HostCookies.set(response, name, id.value(), null);
        }
    }
}
