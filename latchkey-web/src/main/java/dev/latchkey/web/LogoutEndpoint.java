package dev.latchkey.web;

import dev.latchkey.Futures;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /logout}: abandons the sign-ins in progress and removes the account from this session at once; its tokens
 * are removed if no other session uses them. The page gets the address that ends the user's session at the authority.
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
        SessionId session = web.aliveSession(exchange.request()).orElse(null);
        AccountRef named = SilentEndpoint.named(body);
        InteractionEndpoints.giveUpAll(web, exchange);
        URI page = null;
        if (session != null) {
            String state = popup ? id : body.string("state");
            page = signOut(exchange, session, named, account -> request(account, afterwards, body, state));
        }
        exchange.answer(200, Collections.singletonMap("url", page == null ? null : page.toString()));
    }

    /** Without an account, all accounts sign out; the returned address ends the session of the active one. */
    private @Nullable URI signOut(
            Exchange exchange,
            SessionId session,
            @Nullable AccountRef named,
            Function<Account, LogoutRequest> request) {
        List<AccountRef> leaving = new ArrayList<>();
        SessionData rest = web.sessions().change(session, data -> {
            leaving.clear();
            leaving.addAll(data.leaving(named));
            return data.without(leaving);
        });
        List<Departure> departures = leaving.stream()
                .map(ref -> new Departure(ref, web.sessions().unlist(ref, session)))
                .toList();
        if (rest == null || rest.isEmpty()) {
            web.sessions().end(session);
            web.cookie().write(exchange.response(), null);
        }
        List<URI> pages = new ArrayList<>();
        ForEachSuppressing.run(
                departures, departure -> leave(departure, request).ifPresent(pages::add));
        return pages.isEmpty() ? null : pages.get(0);
    }

    /**
     * An account that has left the session.
     *
     * @param ref the account
     * @param isLast whether no other session contained it at that time
     */
    private record Departure(AccountRef ref, boolean isLast) {}

    /** The account has already left the session, whether or not its tokens can be removed. */
    private Optional<URI> leave(Departure departure, Function<Account, LogoutRequest> request) {
        AccountRef ref = departure.ref();
        List<Account> tenants = Futures.await(web.application().accounts(ref.key()));
        if (tenants.isEmpty()) {
            return Optional.empty();
        }
        Account account = tenants.stream()
                .filter(it -> it.tenantId().equalsIgnoreCase(ref.tenantId()))
                .findFirst()
                .orElse(tenants.get(0));
        // Checked again: the accounts leave one after another, and the user may have signed in elsewhere in the
        // meantime.
        boolean isUnused = departure.isLast() && !web.sessions().isInUse(ref);
        return isUnused
                ? everywhere(request.apply(account))
                : Futures.await(web.application().endSessionUri(request.apply(account)));
    }

    /** The ID token is put into the address only if nothing else identifies the session at the authority. */
    private LogoutRequest request(Account account, URI afterwards, JsonObject body, @Nullable String state) {
        boolean hint = web.areTokensInPage() && account.loginHint().isEmpty();
        return LogoutRequest.builder(account)
                .postLogoutRedirectUri(afterwards)
                .logoutHint(body.string("logoutHint"))
                .state(state)
                .idTokenHint(hint)
                .build();
    }

    private Optional<URI> everywhere(LogoutRequest request) {
        try {
            return Optional.of(Futures.await(web.application().logout(request)));
        } catch (AuthException e) {
            // The local sign-out is complete: tokens are removed first.
            if (e.errorCode().equals(ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private URI postLogoutPage(Exchange exchange, JsonObject body) {
        Origin own = web.originOf(exchange.request());
        String asked = body.string("postLogoutRedirectUri", "/");
        return own.resolve(own.pathOf(asked)
                .orElseThrow(() ->
                        new Refusal(400, "invalid_return_to", "a sign-out must end at an address of " + own.value())));
    }
}
