package dev.latchkey.integration.belonging;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.integration.belonging.ProxiedApi.Arrived;
import dev.latchkey.integration.belonging.WebScene.Sender;
import dev.latchkey.web.WebSession;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens that pages, APIs behind a front and Java code get without user interaction. */
final class WebTokenCalls {
    static final String TOKEN = "POST /token";

    private WebTokenCalls() {}

    static void addTo(WebCalls calls) {
        calls.add(26, TOKEN, WebTokenCalls::token);
        calls.add(3, "* /api/", WebTokenCalls::api);
        calls.add(6, "WebSession.acquireTokenSilent(SilentRequest)", WebTokenCalls::inJava);
        calls.add(1, "WebSession.accounts()", WebTokenCalls::accounts);
        calls.add(1, "WebSession.account()", WebTokenCalls::account);
    }

    /**
     * The account of a request that names none.
     *
     * @param account the account, if there is only one
     * @param people the users it may belong to
     */
    private record Meant(@Nullable Account account, Set<Person> people) {}

    private static void token(WebScene web) {
        Page page = web.anyPage();
        Sender sender = web.sender(page);
        boolean namesSomebody = web.dice.chance(55);
        Meant meant = namesSomebody ? null : meant(web, sender);
        String state = web.freshState();
        SilentRequest wanted = request(web, page, namesSomebody);
        HttpReply reply = web.post(sender, "/token", Map.of("request", PageJson.of(wanted, state)));
        web.judge(sender, reply);
        if (!reply.isOk()) {
            return;
        }
        Account asked = meant == null ? PageJson.named(wanted.account().orElseThrow()) : meant.account();
        web.results.silent(
                page,
                sender.presence(),
                reply.json(),
                asked(page, wanted, asked),
                meant == null ? null : meant.people());
        web.results.state(page, reply.json(), state);
        web.scene.succeed();
    }

    /** Like any application's, except for the account. */
    private static SilentRequest request(WebScene web, Page page, boolean namesSomebody) {
        SilentRequest any = web.scene.requests.silent(page.front.actor);
        return any.toBuilder()
                .account(namesSomebody ? web.account(page) : null)
                .extraParameters(web.extras(any.extraParameters()))
                .build();
    }

    private static Asked asked(Page page, SilentRequest wanted, @Nullable Account account) {
        Asked asked = Told.asked(page.front.actor, wanted);
        return new Asked(asked.actor(), asked.authority(), asked.tenantId(), account, asked.wish());
    }

    /** The active account, otherwise the only one, as shown to the page. */
    private static Meant meant(WebScene web, Sender sender) {
        HttpReply reply = web.get(sender, "/session");
        web.judge(sender, reply);
        JsonObject session = reply.json();
        web.results.accounts(sender.page(), session.objects("accounts"));
        List<Account> all = session.objects("accounts").stream()
                .map(json -> PageJson.account(json, sender.page().front.own()))
                .toList();
        Account active = PageJson.account(
                session.object("activeAccount"), sender.page().front.own());
        List<Account> candidates = all.stream()
                .filter(account -> active == null || isSame(active, account))
                .toList();
        boolean isOne =
                candidates.stream().map(Account::partitionKey).distinct().count() == 1;
        Set<Person> people = new HashSet<>();
        candidates.stream().filter(account -> isOne).forEach(account -> people.addAll(web.scene.faces.people(account)));
        return new Meant(isOne && candidates.size() == 1 ? candidates.get(0) : null, people);
    }

    private static boolean isSame(Account one, Account other) {
        return one.partitionKey().equals(other.partitionKey()) && one.tenantId().equalsIgnoreCase(other.tenantId());
    }

    /** The page calls the API, and the token is for the account used there. */
    private static void api(WebScene web) {
        Page page = web.anyPage();
        Sender sender = web.sender(page);
        Meant meant = meant(web, sender);
        String path = Front.API + (web.dice.chance(20) ? ProxiedApi.CHALLENGING : "messages");
        HttpReply reply = web.get(sender, path);
        web.judge(sender, reply);
        Arrived arrived = web.arrivedAt(page.front);
        if (arrived == null) {
            return;
        }
        if (arrived.cookie() != null) {
            web.scene.complaints.add("cookie sent to an API", page + ": " + arrived.cookie());
        }
        web.answers.token(page, sender.presence(), arrived.token());
        web.results.silent(
                page,
                sender.presence(),
                new Brought(arrived.token(), null, Scopes.NONE, null, null),
                new Asked(page.front.actor, null, null, meant.account(), new Wish(Scopes.of("read"), "", "", Set.of())),
                meant.people());
        if (reply.isOk()) {
            web.scene.succeed();
        }
    }

    private static void inJava(WebScene web) {
        Page page = web.anyPage();
        Sender sender = web.sender(page);
        Optional<WebSession> session = session(web, sender);
        if (session.isEmpty()) {
            return;
        }
        boolean namesSomebody = web.dice.chance(60);
        SilentRequest wanted = request(web, page, namesSomebody);
        Optional<Account> meant =
                namesSomebody ? wanted.account() : session.get().account();
        session.get().accounts().forEach(account -> web.results.account(page, account));
        web.scene
                .attempt(
                        sender + ": Java code gets silently " + Told.of(wanted),
                        () -> Scene.await(session.get().acquireTokenSilent(wanted)))
                .map(Brought::of)
                .ifPresent(brought -> {
                    web.answers.token(page, sender.presence(), brought.accessToken());
                    web.answers.token(page, sender.presence(), brought.idToken());
                    web.results.silent(page, sender.presence(), brought, asked(page, wanted, meant.orElse(null)), null);
                });
    }

    private static void accounts(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        session(web, sender).ifPresent(session -> session.accounts().forEach(account -> shown(web, sender, account)));
    }

    private static void account(WebScene web) {
        Sender sender = web.sender(web.anyPage());
        session(web, sender).flatMap(WebSession::account).ifPresent(account -> shown(web, sender, account));
    }

    private static void shown(WebScene web, Sender sender, Account account) {
        web.answers.text(sender.page(), sender.presence(), account.username(), Set.of());
        web.answers.token(
                sender.page(),
                sender.presence(),
                account.idToken().map(token -> token.reveal()).orElse(null));
        web.results.account(sender.page(), account);
        web.scene.succeed();
    }

    private static Optional<WebSession> session(WebScene web, Sender sender) {
        Optional<WebSession> session = web.session(sender);
        if (session.isPresent() && !sender.presence().hasAnybody()) {
            web.scene.complaints.add("session where nobody is signed in", sender.toString());
        }
        return session;
    }
}
