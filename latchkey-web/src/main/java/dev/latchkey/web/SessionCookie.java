package dev.latchkey.web;

import dev.latchkey.web.session.SessionId;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that makes requests one session. {@code __Host-}: only this host over a safe connection can set it, so no
 * neighbour can plant one (draft-ietf-httpbis-rfc6265bis section 4.1.3.2). Browsers count http on localhost as safe.
 *
 * @param name tells several fronts on one host apart
 */
record SessionCookie(String name) {
    static SessionCookie of(String front) {
        return new SessionCookie("__Host-latchkey-" + front);
    }

    Optional<SessionId> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return SessionId.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** Sets the cookie for as long as the browser runs, or takes it away. */
    void write(HttpServletResponse response, @Nullable SessionId id) {
        String value = id == null ? "" : id.value();
        String life = id == null ? "; Max-Age=0" : "";
        response.addHeader("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax" + life);
    }
}
