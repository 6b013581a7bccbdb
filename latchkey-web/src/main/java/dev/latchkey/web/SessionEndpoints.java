package dev.latchkey.web;

import dev.latchkey.Futures;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lists the accounts of the session, changes the active one, and clears tokens. */
final class SessionEndpoints {
    private final LatchkeyWeb web;

    SessionEndpoints(LatchkeyWeb web) {
        this.web = web;
    }

    /** {@code GET /session}. */
    void session(Exchange exchange) throws IOException {
        exchange.answer(200, json(web, web.sessionOrEmpty(exchange.request())));
    }

    /** {@code GET /accounts}. */
    void accounts(Exchange exchange) throws IOException {
        exchange.answer(200, Json.write(accounts(web, web.sessionOrEmpty(exchange.request()))));
    }

    /** {@code POST /active}. */
    void activate(Exchange exchange) throws IOException {
        AccountRef account = SilentEndpoint.named(exchange.body());
        SessionData changed = change(exchange, data -> {
            if (account != null && !data.holds(account)) {
                throw WebSession.notOurs();
            }
            return data.activating(account);
        });
        exchange.answer(200, json(web, WebSession.of(web.application(), changed)));
    }

    /** {@code POST /clear}: does not notify the authority. */
    void clear(Exchange exchange) throws IOException {
        AccountRef named = SilentEndpoint.named(exchange.body());
        InteractionEndpoints.giveUpAll(web, exchange);
        Optional<SessionId> id = web.aliveSession(exchange.request());
        List<AccountRef> gone = new ArrayList<>();
        SessionData changed = change(exchange, data -> {
            gone.clear();
            gone.addAll(data.leaving(named));
            return data.without(gone);
        });
        ForEachSuppressing.run(gone, account -> {
            if (web.sessions().unlist(account, id.orElseThrow())) {
                Futures.await(web.application().accounts(account.key())).stream()
                        .findFirst()
                        .ifPresent(it -> Futures.await(web.application().clearCache(it)));
            }
        });
        exchange.answer(200, json(web, WebSession.of(web.application(), changed)));
    }

    private SessionData change(Exchange exchange, UnaryOperator<SessionData> change) {
        Optional<SessionId> id = web.aliveSession(exchange.request());
        SessionData changed = id.map(it -> web.sessions().change(it, change)).orElse(null);
        return changed == null ? SessionData.EMPTY : changed;
    }

    /** A session as JSON for the page. */
    static Map<String, @Nullable Object> json(LatchkeyWeb web, WebSession session) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("accounts", accounts(web, session));
        AccountRef active = session.data().active();
        json.put("activeAccount", active == null ? null : active.write());
        json.put("clientId", web.application().clientId());
        json.put("authority", web.application().authority());
        return json;
    }

    private static List<Map<String, @Nullable Object>> accounts(LatchkeyWeb web, WebSession session) {
        List<Account> accounts = session.accounts();
        return accounts.stream().map(web.wire()::account).toList();
    }
}
