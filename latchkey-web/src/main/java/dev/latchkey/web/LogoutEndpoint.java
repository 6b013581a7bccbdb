package dev.latchkey.web;

import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /logout}: the account leaves this session at once; its tokens go when no other session uses them; the page
 * gets the address where the person's session at the authority ends.
 */
final class LogoutEndpoint implements LatchkeyServlet.Endpoint {
    private final LatchkeyWeb web;

    LogoutEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        JsonObject body = exchange.body();
        boolean popup = body.string("type", "").equals("popup");
        String id = popup ? InteractionEndpoints.idOf(body) : "";
        URI afterwards = popup ? web.signedOutPage(exchange.request()) : postLogoutPage(exchange, body);
        WebSession session = web.sessionOrEmpty(exchange.request());
        Account account = accountOf(session, AccountRef.read(body.object("account")));
        URI page = null;
        if (account != null) {
            page = signOut(
                    exchange,
                    new LogoutRequest(
                            account,
                            Optional.of(afterwards),
                            Optional.ofNullable(body.string("logoutHint")),
                            Optional.ofNullable(popup ? id : body.string("state")),
                            true));
        }
        exchange.answer(200, Collections.singletonMap("url", page == null ? null : page.toString()));
    }

    private static @Nullable Account accountOf(WebSession session, @Nullable AccountRef named) {
        return (named == null ? session.account() : session.account(named)).orElse(null);
    }

    private @Nullable URI signOut(Exchange exchange, LogoutRequest request) {
        SessionId id = web.aliveSession(exchange.request()).orElseThrow();
        AccountRef account = AccountRef.of(request.account());
        SessionData rest = web.sessions().change(id, data -> data.without(account));
        boolean lastSession = web.sessions().drop(account, id);
        if (rest == null || rest.isEmpty()) {
            web.sessions().end(id);
            SessionCookie.write(exchange.response(), null);
        }
        return lastSession
                ? everywhere(request)
                : Await.result(web.application().endSessionUri(request)).orElse(null);
    }

    private @Nullable URI everywhere(LogoutRequest request) {
        try {
            return Await.result(web.application().logout(request));
        } catch (AuthException e) {
            // Signed out here all the same: the tokens go first.
            if (e.errorCode().equals(ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED)) {
                return null;
            }
            throw e;
        }
    }

    private URI postLogoutPage(Exchange exchange, JsonObject body) {
        Origin own = web.originOf(exchange.request());
        String asked = body.string("postLogoutRedirectUri", "/");
        return own.resolve(own.pathOf(asked)
                .orElseThrow(() -> new Refusal(
                        400, "invalid_return_to", "a sign-out ends at an address of " + own.value() + " only")));
    }
}
