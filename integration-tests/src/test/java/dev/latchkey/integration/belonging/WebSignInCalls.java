package dev.latchkey.integration.belonging;

import dev.latchkey.PopupRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.integration.belonging.Faces.Face;
import dev.latchkey.integration.belonging.WebScene.Sender;
import dev.latchkey.integration.belonging.WebSignIn.Begin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sign-ins of pages: started in one browser, answered and fetched there or in another. */
final class WebSignInCalls {
    static final String START = "POST /start";
    static final String CALLBACK = "GET /callback";
    static final String RESULT = "POST /result";

    private static final List<String> TYPES = List.of("popup", "redirect", "frame");
    private static final String RETURN_TO = "/inbox?m=1#top";
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(10);

    private WebSignInCalls() {}

    static void addTo(WebCalls calls) {
        calls.add(14, START, WebSignInCalls::start);
        calls.add(10, CALLBACK, web -> callback(web, false));
        calls.add(4, "POST /callback", web -> callback(web, true));
        calls.add(10, RESULT, WebSignInCalls::result);
        calls.add(2, "POST /cancel", WebSignInCalls::cancel);
    }

    private static void start(WebScene web) {
        Page page = web.anyPage();
        String type = web.dice.mostlyFirst(60, TYPES);
        String id = web.dice.chance(8) ? usedId(web, page) : web.freshId();
        String state = web.freshState();
        PopupRequest wanted = request(web, page);
        Map<String, Object> body = Map.of(
                "type", type,
                "id", id,
                "returnTo", RETURN_TO,
                "request", PageJson.of(wanted, state));
        HttpReply reply = web.post(web.own(page), "/start", body);
        Set<String> echo = new HashSet<>();
        wanted.loginHint().ifPresent(echo::add);
        web.answers.answer(page, page.presence(), reply, echo);
        if (!reply.isOk()) {
            return;
        }
        Account named = PageJson.named(wanted.account().orElse(null));
        Asked asked = asked(page, wanted);
        URI address = URI.create(reply.json().string("url", ""));
        web.results.sentTo(
                page,
                Places.at(address),
                new Asked(asked.actor(), asked.authority(), asked.tenantId(), named, asked.wish()));
        Set<Person> expected = type.equals("frame") && named != null ? web.scene.faces.people(named) : null;
        Begin begin = new Begin(
                type,
                asked,
                state,
                RETURN_TO,
                expected,
                web.scene.world.clock().instant().plus(TIME_TO_SIGN_IN));
        web.signIns.begin(new WebSignIn(page, id, begin, web.login.visit(address, page.browser)));
        web.scene.succeed();
    }

    private static Asked asked(Page page, PopupRequest wanted) {
        return Told.asked(page.front.actor, wanted);
    }

    /** Like any application's, except for the account, and for a name that the user has already typed. */
    private static PopupRequest request(WebScene web, Page page) {
        List<Person> people = page.browser.people(page.front.own());
        String hint = web.dice.chance(15) ? web.dice.one(people).username() : null;
        PopupRequest any = web.scene.requests.popup(page.front.actor);
        return any.toBuilder()
                .account(web.dice.chance(50) ? null : web.account(page))
                .loginHint(hint == null ? any.loginHint().orElse(null) : hint)
                .extraParameters(web.extras(any.extraParameters()))
                .build();
    }

    /** The id of another page's sign-in, or of a finished one of this page. */
    private static String usedId(WebScene web, Page page) {
        Instant now = web.scene.world.clock().instant();
        List<String> ids = web.signIns.all().stream()
                .map(signIn -> signIn.id)
                .filter(id -> {
                    WebSignIn before = web.signIns.find(page, id);
                    return before == null || !before.isWaiting(now);
                })
                .toList();
        return ids.isEmpty() ? web.freshId() : web.dice.one(ids);
    }

    /**
     * A response and its destination.
     *
     * @param signIn the sign-in with this state
     * @param code the code, which may be another sign-in's
     * @param at the page whose callback receives it
     * @param address the address of that callback
     */
    private record Delivery(WebSignIn signIn, String code, Page at, URI address) {
        /** Whether the sign-in may still process this response. */
        boolean isGenuine(WebScene web) {
            return at == signIn.page
                    && code.equals(signIn.code())
                    && signIn.isWaiting(web.scene.world.clock().instant());
        }
    }

    private static void callback(WebScene web, boolean posted) {
        Delivery delivery = delivery(web);
        if (delivery == null) {
            return;
        }
        WebSignIn signIn = delivery.signIn();
        Page at = delivery.at();
        TokenDesk desk = web.scene.world.endpoints().tokens();
        boolean isGenuine = delivery.isGenuine(web);
        boolean wasRedeemed = desk.redeemed(delivery.code()) != null;
        Sender sender = deliverer(web, delivery);
        URI address = delivery.address();
        HttpCall call = posted
                ? HttpCall.form(at.front.callback(), address.getRawQuery() + "&latchkey_posted_again=1")
                : HttpCall.navigation(address);
        HttpReply reply = web.send(sender, call);
        Face face = wasRedeemed ? null : desk.redeemed(delivery.code());
        if (face != null && !isGenuine) {
            web.scene.complaints.add(
                    "answer taken in where it does not belong", at + ": " + address + " of " + signIn.page);
        }
        if (face != null && isGenuine && signIn.admits(face.person())) {
            int now = web.now();
            boolean keepsCookie = !at.presence().has(face) && !setsSession(at.front, reply);
            signIn.succeed(face, now, keepsCookie);
            at.presence().join(face, now);
            web.scene.succeed();
        }
        if (at == signIn.page) {
            signIn.end();
        }
        web.judge(sender, reply);
        for (String location : reply.all("Location")) {
            if (!location.equals(signIn.begin.returnTo())) {
                web.scene.complaints.add("redirect to another address", at + ": " + location);
            }
        }
    }

    /** The page that receives a response; sometimes with deleted cookies, or another page's. */
    private static Sender deliverer(WebScene web, Delivery delivery) {
        Page at = delivery.at();
        if (web.dice.chance(75)) {
            return web.own(at);
        }
        return web.hoarder(
                at,
                at.front == delivery.signIn().page.front
                        ? at.cookiesNeverForgotten()
                        : at.cookiesWithSignInsOf(delivery.signIn().page));
    }

    private static boolean setsSession(Front front, HttpReply reply) {
        return reply.all("Set-Cookie").stream()
                .anyMatch(cookie -> cookie.startsWith(front.cookieName() + "=") && !cookie.contains("=;"));
    }

    /** Mostly the newest response at its proper destination; otherwise an old one, elsewhere, or with another code. */
    private static @Nullable Delivery delivery(WebScene web) {
        List<WebSignIn> all = web.signIns.all().stream()
                .filter(signIn -> signIn.landing != null)
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        Instant now = web.scene.world.clock().instant();
        WebSignIn signIn = SignInBook.mostly(all, candidate -> candidate.isWaiting(now), web.dice);
        Landing landing = Objects.requireNonNull(signIn.landing);
        Front front = web.fronts.stream()
                .filter(candidate -> candidate.callback().equals(landing.to()))
                .findFirst()
                .orElseThrow();
        Page there = web.page(signIn.page.browser, front);
        // If an issuer passed the user on, the response reaches only the victim's address.
        boolean isMovable = there == signIn.page;
        Page at = !isMovable || web.dice.chance(85) ? there : web.dice.one(web.pages);
        String code = web.dice.chance(93) ? signIn.code() : codeOfAnother(web, all, signIn);
        Parameters.Builder answer = Parameters.builder();
        landing.answer().asMap().forEach(answer::set);
        if (!code.isEmpty()) {
            answer.set("code", code);
        }
        URI address = URI.create(at.front.callback() + "?" + answer.build().encode());
        return new Delivery(signIn, code, at, address);
    }

    /** Of the same issuer: whoever has another issuer's code could send it there directly. */
    private static String codeOfAnother(WebScene web, List<WebSignIn> all, WebSignIn signIn) {
        List<WebSignIn> others = all.stream()
                .filter(other -> areOfOneIssuer(web, other.code(), signIn.code()))
                .toList();
        return others.isEmpty() ? signIn.code() : web.dice.one(others).code();
    }

    private static boolean areOfOneIssuer(WebScene web, String one, String other) {
        Fact first = web.scene.world.ledger().find(one, Kind.CODE);
        Fact second = web.scene.world.ledger().find(other, Kind.CODE);
        return first != null
                && second != null
                && first.issuer().house().equals(second.issuer().house());
    }

    private static void result(WebScene web) {
        List<WebSignIn> all = web.signIns.all();
        if (all.isEmpty()) {
            return;
        }
        WebSignIn any = SignInBook.mostly(all, WebSignIn::waitsToBeFetched, web.dice);
        Sender sender = web.sender(web.dice.chance(85) ? any.page : web.dice.one(web.pages));
        HttpReply reply = web.post(sender, "/result", Map.of("id", any.id));
        web.judge(sender, reply);
        WebSignIn mine = sender.isOwn() ? web.signIns.find(sender.page(), any.id) : null;
        if (reply.status() == 404) {
            return;
        }
        if (mine == null || mine.isForgotten()) {
            web.scene.complaints.add("sign-in of another, or fetched before", sender + ": " + reply.told());
        } else if (reply.isOk()) {
            web.results.signedIn(mine, reply.json());
            if (mine.keptCookie()) {
                web.scene.complaints.add("session that somebody joined under its old id", sender + ": " + any.id);
            }
            web.scene.succeed();
        }
        if (mine != null && reply.status() != 202) {
            mine.forget();
        }
    }

    private static void cancel(WebScene web) {
        List<WebSignIn> all = web.signIns.all();
        if (all.isEmpty()) {
            return;
        }
        Instant now = web.scene.world.clock().instant();
        WebSignIn any = SignInBook.mostly(all, signIn -> signIn.isWaiting(now), web.dice);
        Sender sender = web.sender(web.dice.chance(80) ? any.page : web.dice.one(web.pages));
        HttpReply reply = web.post(sender, "/cancel", Map.of("id", any.id));
        web.judge(sender, reply);
        WebSignIn mine = sender.isOwn() ? web.signIns.find(sender.page(), any.id) : null;
        if (mine != null && reply.status() == 204) {
            mine.forget();
            web.scene.succeed();
        }
    }
}
