package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import dev.latchkey.integration.belonging.WebScene.Sender;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The signed-in users of a page, and sign-out: at the page, everywhere, and at the issuer. */
final class WebSessionCalls {
    private WebSessionCalls() {}

    static void addTo(WebCalls calls) {
        calls.add(4, "GET /session", web -> shown(web, "/session"));
        calls.add(2, "GET /accounts", web -> shown(web, "/accounts"));
        calls.add(3, "POST /active", WebSessionCalls::activate);
        calls.add(2, "POST /clear", WebSessionCalls::clear);
        calls.add(4, "POST /logout", WebSessionCalls::signOut);
        calls.add(1, "LatchkeyWeb.signOutEverywhere(Account)", WebSessionCalls::signOutEverywhere);
        calls.add(3, "GET /events", WebSessionCalls::listen);
    }

    private static void shown(WebScene web, String path) {
        Sender sender = web.sender(web.anyPage());
        HttpReply reply = web.get(sender, path);
        web.judge(sender, reply);
        show(web, sender, reply);
    }

    private static void show(WebScene web, Sender sender, HttpReply reply) {
        var accounts = reply.json().objects("accounts");
        web.results.accounts(sender.page(), accounts);
        if (!accounts.isEmpty()) {
            web.scene.succeed();
        }
    }

    private static void activate(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        Account account = web.dice.chance(15) ? null : web.account(sender.page());
        HttpReply reply = web.post(sender, "/active", naming(account));
        web.judge(sender, reply);
        Account named = PageJson.named(account);
        if (reply.isOk() && named != null) {
            boolean isThere = web.scene.faces.people(named).stream()
                    .anyMatch(person -> sender.presence().has(person));
            // Without a session there is nothing to reject.
            if (!isThere && !reply.json().objects("accounts").isEmpty()) {
                web.scene.complaints.add("account of somebody else activated", sender + ": " + named);
            }
            show(web, sender, reply);
        }
    }

    private static void clear(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        Account account = web.dice.chance(60) ? web.account(sender.page()) : null;
        HttpReply reply = web.post(sender, "/clear", naming(account));
        leave(web, sender, account, reply);
        web.judge(sender, reply);
    }

    private static void signOut(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        Page page = sender.page();
        Account account = web.dice.chance(60) ? web.account(page) : null;
        Map<String, Object> body = new HashMap<>(naming(account));
        body.put("type", web.dice.chance(50) ? "popup" : "redirect");
        body.put("id", web.freshId());
        Set<String> echo = new HashSet<>();
        if (web.dice.chance(10)) {
            String hint = web.dice.one(page.browser.people(page.front.own())).loginHint();
            body.put("logoutHint", hint);
            echo.add(hint);
        }
        if (web.dice.chance(10)) {
            body.put("postLogoutRedirectUri", web.dice.chance(50) ? "/bye" : "https://evil.example.test/");
        }
        // The address names the account that signs out.
        Presence before = sender.presence().copy();
        HttpReply reply = web.post(sender, "/logout", body);
        leave(web, sender, account, reply);
        web.answers.answer(page, before, reply, echo);
        String address = reply.json().string("url");
        if (address != null) {
            web.login.visit(URI.create(address), page.browser);
        }
    }

    /** A user who signed out is gone even if a later step failed. */
    private static void leave(WebScene web, Sender sender, @Nullable Account account, HttpReply reply) {
        if (!sender.isOwn() || reply.isRefused()) {
            return;
        }
        Presence presence = sender.page().presence();
        if (reply.isOk() && presence.hasAnybody()) {
            web.scene.succeed();
        }
        // A user who signs out must not be signed in by a sign-in still in progress there.
        web.signIns.endAll(sender.page());
        if (account == null) {
            presence.leaveAll();
        } else {
            web.results.who(account).forEach(presence::leave);
        }
    }

    private static void signOutEverywhere(WebScene web) {
        Page page = web.anyPage();
        Account account = web.account(page);
        if (account == null) {
            return;
        }
        web.scene
                .attempt(page.front + ": the operator signs out everywhere " + account, () -> {
                    page.front.web().signOutEverywhere(account).join();
                    return true;
                })
                .ifPresent(done ->
                        web.pages.forEach(other -> web.results.who(account).forEach(other.presence()::leave)));
    }

    private static void listen(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        HandMadeResponse response = web.response();
        HttpReply reply = web.send(sender, HttpCall.get(sender.page().front.at("/events")), response);
        web.judge(sender, reply);
        if (reply.isOk()) {
            web.listen(sender, response);
        }
        if (web.tellStreams()) {
            web.scene.succeed();
        }
    }

    private static Map<String, Object> naming(@Nullable Account account) {
        return account == null ? Map.of() : Map.of("account", PageJson.of(account));
    }
}
