package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import java.net.URI;
import java.util.Optional;

/** Which pages of other origins may talk to the token endpoint: those of single-page registrations only. */
public final class CrossOrigin {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private CrossOrigin() {}

    /** Entra redeems codes and refresh tokens of single-page apps only cross-origin, and those of others never so. */
    static void check(Realm realm, Client client, Request request, String grantType) throws OAuthException {
        boolean redeems = grantType.equals(GrantType.AUTHORIZATION_CODE.wireName())
                || grantType.equals(GrantType.REFRESH_TOKEN.wireName());
        if (!realm.personality().isEntra() || !redeems) {
            return;
        }
        boolean page = client.kind() == Client.Kind.SINGLE_PAGE;
        boolean crossOrigin = request.header("origin").isPresent();
        if (crossOrigin && !page) {
            throw Problem.CROSS_ORIGIN_FORBIDDEN.because("the client " + client.clientId()
                    + " is not a single-page app: its tokens may not be redeemed by cross-origin requests");
        }
        if (page && !crossOrigin) {
            throw Problem.CROSS_ORIGIN_NEEDED.because(
                    "the client " + client.clientId()
                            + " is a single-page app: its tokens may only be redeemed by cross-origin requests (header Origin)");
        }
    }

    /** Lets the page read the answer, if it is one of a single-page registration, unless every page may. */
    public static Reply allow(Iterable<Client> clients, Request request, Reply reply) {
        Optional<String> origin = request.header("origin");
        // Browsers refuse an answer that says it twice.
        boolean said = reply.headers().containsKey(ALLOW_ORIGIN);
        if (said || origin.isEmpty() || !isOfAPage(clients, origin.get())) {
            return reply;
        }
        return reply.header(ALLOW_ORIGIN, origin.get())
                .header("Vary", "Origin")
                .header(
                        "Access-Control-Expose-Headers",
                        "client-request-id, x-ms-request-id, Retry-After, DPoP-Nonce, WWW-Authenticate");
    }

    /** Answers a preflight request. */
    public static Reply preflight(Iterable<Client> clients, Request request) {
        return allow(clients, request, Reply.empty(204))
                .header("Access-Control-Allow-Methods", "GET, POST")
                .header(
                        "Access-Control-Allow-Headers",
                        request.header("access-control-request-headers").orElse("content-type"))
                .header("Access-Control-Max-Age", "600");
    }

    private static boolean isOfAPage(Iterable<Client> clients, String origin) {
        for (Client client : clients) {
            boolean page = client.kind() == Client.Kind.SINGLE_PAGE;
            if (page && client.redirectUris().stream().anyMatch(uri -> matches(uri, origin))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(URI registered, String origin) {
        String own = registered.getScheme() + "://" + registered.getRawAuthority();
        // As for redirect URIs, the port of a loopback address is free.
        boolean loopback = registered.getPort() < 0 && own.matches("http://(localhost|127\\.0\\.0\\.1)");
        return own.equalsIgnoreCase(origin) || (loopback && origin.matches(own + ":[0-9]{1,5}"));
    }
}
