package dev.latchkey.authority.authorize;

import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.realm.Addresses;
import dev.latchkey.authority.realm.Site;
import java.net.URI;
import java.util.Optional;

/** The browser a request came from, by the cookie it holds or will hold. */
record Browser(String name, boolean afterPost, String cookie, String attributes) {
    /** The browser of a request; a name it has not earned by a cookie is new. */
    static Browser of(Request request, Site site) {
        String name = known(request, site).orElseGet(site.entropy()::token);
        return new Browser(name, request.isPost(), cookie(site), attributes(site));
    }

    /** The name a request's cookie gives. */
    static Optional<String> known(Request request, Site site) {
        return request.cookie(cookie(site)).filter(value -> value.matches("[A-Za-z0-9_-]{43}"));
    }

    Browser renamed(String name) {
        return new Browser(name, afterPost, cookie, attributes);
    }

    /** Lets the browser know its name. */
    Reply tell(Reply reply) {
        return reply.header("Set-Cookie", cookie + "=" + name + "; Path=/; HttpOnly; " + attributes);
    }

    /** Cookies are the same for every port of a host (RFC 6265 section 8.5): two authorities must not share one. */
    private static String cookie(Site site) {
        return "latchkey-authority-" + Addresses.port(URI.create(site.realms().base()));
    }

    /** A hidden frame of another site needs SameSite=None, which needs https; another port is the same site. */
    private static String attributes(Site site) {
        boolean secure = site.realms().base().startsWith("https:");
        boolean anywhere = secure && site.settings().browser().thirdPartyCookies();
        return (anywhere ? "SameSite=None" : "SameSite=Lax") + (secure ? "; Secure" : "");
    }
}
