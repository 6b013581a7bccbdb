package dev.latchkey.authority.authorize;

import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.token.Entropy;
import java.util.Optional;

/** The browser a request came from, by the cookie it holds or will hold. */
public record Browser(String name, boolean afterPost, boolean secure) {
    private static final String COOKIE = "latchkey-authority-browser";

    /** The browser of a request; a name it has not earned by a cookie is new. */
    public static Browser of(Request request, Entropy entropy, boolean secure) {
        String name = known(request).orElseGet(entropy::token);
        return new Browser(name, request.isPost(), secure);
    }

    /** The name a request's cookie gives. */
    public static Optional<String> known(Request request) {
        return request.cookie(COOKIE).filter(value -> value.matches("[A-Za-z0-9_-]{43}"));
    }

    Browser renamed(String name) {
        return new Browser(name, afterPost, secure);
    }

    /** Lets the browser know its name. A hidden frame of another site needs SameSite=None, which needs https. */
    Reply tell(Reply reply) {
        String site = secure ? "; SameSite=None; Secure" : "; SameSite=Lax";
        return reply.header("Set-Cookie", COOKIE + "=" + name + "; Path=/; HttpOnly" + site);
    }
}
