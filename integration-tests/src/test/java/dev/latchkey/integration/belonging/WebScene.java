package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.account.Account;
import dev.latchkey.integration.belonging.Front.Site;
import dev.latchkey.integration.belonging.Page.Guise;
import dev.latchkey.integration.belonging.ProxiedApi.Arrived;
import dev.latchkey.store.TokenStore;
import dev.latchkey.web.WebSession;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of two fronts, whose applications share a client id and the stores, and of three browsers. In some
 * sequences one user uses them all, mostly at one front.
 */
final class WebScene implements AutoCloseable {
    private static final int MOST_ROUNDS = 1_000;

    final Scene scene;
    final Dice dice;
    final SignInBook signIns = new SignInBook();
    final AnswerJudge answers;
    final PageJudge results;
    final LoginPages login;
    final List<Front> fronts = new ArrayList<>();
    final List<Page> pages = new ArrayList<>();
    private final ProxiedApi api;
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final List<EventStream> streams = new ArrayList<>();
    private final boolean areConfidential;
    private final boolean isOneForAll;
    private int count;

    /**
     * The sender of a call.
     *
     * @param page the page
     * @param cookies its cookies
     * @param isOwn whether they are its own; otherwise they must open nothing
     */
    record Sender(Page page, Map<String, String> cookies, boolean isOwn) {
        Presence presence() {
            return isOwn ? page.presence() : Presence.none();
        }

        @Override
        public String toString() {
            return page + (isOwn ? "" : " (cookie not its own)");
        }
    }

    /** A stream of events of a page. */
    private record EventStream(Sender sender, HandMadeResponse response) {}

    WebScene(long seed, Function<VirtualClock, TokenStore> stores, ProxiedApi api) {
        this.scene = new Scene(seed, stores);
        this.dice = scene.dice;
        this.api = api;
        this.login = new LoginPages(scene.world);
        this.answers = new AnswerJudge(scene.world.ledger(), scene.complaints, signIns);
        this.results = new PageJudge(scene, signIns);
        TokenStore sessions = dice.chance(50) ? scene.store : stores.apply(scene.world.clock());
        this.areConfidential = dice.chance(30);
        this.isOneForAll = dice.chance(40);
        boolean isOneHost = dice.chance(50);
        Issuer first = dice.one(Places.ALL);
        addFront("one", first, isOneHost ? "https://www.example.test/one" : "https://one.example.test/x", sessions);
        addFront(
                "two",
                another(first),
                isOneHost ? "https://www.example.test/two" : "https://two.example.test/x",
                sessions);
        for (String name : List.of("X", "Y", "Z")) {
            addBrowser(name);
        }
        if (dice.chance(30)) {
            fronts.forEach(front -> scene.actors.add(front.actor));
        }
    }

    private Issuer another(Issuer first) {
        List<Issuer> others =
                Places.ALL.stream().filter(issuer -> !issuer.equals(first)).toList();
        List<Issuer> siblings = others.stream()
                .filter(issuer -> issuer.owner().equals(first.owner()))
                .toList();
        return dice.one(siblings.isEmpty() || dice.chance(50) ? others : siblings);
    }

    private void addFront(String name, Issuer own, String root, TokenStore sessions) {
        Site site = new Site(
                URI.create(root),
                dice.mostlyFirst(40, List.of(Duration.ofHours(12), Duration.ofHours(2))),
                api.address(),
                dice.chance(50),
                dice.chance(15),
                dice.chance(50));
        Actor actor = scene.cast.server(name, own, areConfidential);
        Front front = new Front(actor, site, scene.world.clock(), sessions);
        scene.world.register(own, front.callback());
        fronts.add(front);
    }

    /** Each browser has some of each issuer's users. */
    private void addBrowser(String name) {
        Set<Person> people = new HashSet<>();
        for (Front front : fronts) {
            List<Person> all = scene.world.people(front.own());
            people.add(isOneForAll ? all.get(0) : dice.one(all));
            all.stream().filter(person -> dice.chance(isOneForAll ? 10 : 40)).forEach(people::add);
        }
        WebBrowser browser = new WebBrowser(name, scene.world, List.copyOf(people));
        fronts.forEach(front -> pages.add(new Page(browser, front)));
    }

    /** A random page; mostly one with a signed-in user. */
    Page anyPage() {
        List<Page> busy =
                pages.stream().filter(page -> page.presence().hasAnybody()).toList();
        List<Page> some = busy.isEmpty() || dice.chance(20) ? pages : busy;
        List<Page> ofFirst =
                some.stream().filter(page -> page.front == fronts.get(0)).toList();
        return dice.one(ofFirst.isEmpty() || !isOneForAll || dice.chance(20) ? some : ofFirst);
    }

    Page page(WebBrowser browser, Front front) {
        return pages.stream()
                .filter(page -> page.browser == browser && page.front == front)
                .findFirst()
                .orElseThrow();
    }

    /** The page itself, with more cookies than it should have. */
    Sender hoarder(Page page, Map<String, String> cookies) {
        return new Sender(page, cookies, true);
    }

    /** The page itself. */
    Sender own(Page page) {
        return new Sender(page, page.cookies(Guise.OWN, dice, fronts), true);
    }

    /** Mostly the page itself, otherwise a sender with a cookie that must open nothing there. */
    Sender sender(Page page) {
        Guise guise = dice.mostlyFirst(12, List.of(Guise.values()));
        Map<String, String> cookies = page.cookies(guise, dice, fronts);
        return guise == Guise.OWN || cookies == null ? own(page) : new Sender(page, cookies, false);
    }

    /** Lets some time pass now and then; less if a step-up is to stay valid. */
    void passTime() {
        scene.passTime(isOneForAll ? 6 : 15);
    }

    /**
     * An account that a page may name: mostly one it was shown, otherwise one of another page or one built by hand.
     */
    @Nullable
    Account account(Page page) {
        List<Account> shown = page.shown();
        int way = dice.below(100);
        if (way < 75 && !shown.isEmpty()) {
            return dice.one(shown);
        }
        if (way < 94 && !scene.faces.known().isEmpty()) {
            return dice.one(scene.faces.known());
        }
        return scene.requests.account(page.front.actor);
    }

    /** Parameters of a request; if one user uses all browsers, often those of a step-up. */
    Map<String, String> extras(Map<String, String> otherwise) {
        return isOneForAll && dice.chance(40) ? Map.of("acr_values", "gold") : otherwise;
    }

    /** An unused id. */
    String freshId() {
        return "interaction-" + "0123456789".charAt(dice.below(10)) + "-of-this-sequence-" + ++count;
    }

    /** A state that no other call has. */
    String freshState() {
        return "state of the page " + ++count;
    }

    int now() {
        return ++count;
    }

    HttpReply post(Sender sender, String path, Map<String, ?> json) {
        return send(sender, HttpCall.post(sender.page().front.at(path), json));
    }

    HttpReply get(Sender sender, String path) {
        return send(sender, HttpCall.get(sender.page().front.at(path)));
    }

    HttpReply send(Sender sender, HttpCall call) {
        return send(sender, call, response());
    }

    HttpReply send(Sender sender, HttpCall call, HandMadeResponse response) {
        Page page = sender.page();
        if (sender.isOwn()) {
            page.use(scene.world.clock().instant());
        }
        HttpReply reply = page.front.serve(call.with(sender.cookies()), response, later::add);
        for (String cookie : sender.isOwn() ? reply.all("Set-Cookie") : List.<String>of()) {
            int equals = cookie.indexOf('=');
            page.takeCookie(cookie.substring(0, equals), cookie.substring(equals + 1, cookie.indexOf(';')));
        }
        scene.calls.add(sender + ": " + call.told() + " -> " + reply.told());
        return reply;
    }

    HandMadeResponse response() {
        return new HandMadeResponse(later::add);
    }

    /** The session that Java code on the server sees. */
    Optional<WebSession> session(Sender sender) {
        Page page = sender.page();
        if (sender.isOwn()) {
            page.use(scene.world.clock().instant());
        }
        HttpCall call = HttpCall.get(page.front.at("/mail")).with(sender.cookies());
        scene.calls.add(sender + ": Java code asks for the session");
        HandMadeRequest request = new HandMadeRequest(call, response(), later::add);
        return scene.calls.size() % 2 == 0
                ? page.front.web().session(request).join()
                : page.front.web().readSession(request);
    }

    /** What reached the API of a front since the last call. */
    @Nullable
    Arrived arrivedAt(Front front) {
        return api.take(front.site.api());
    }

    /** Judges a response by who is signed in now. */
    void judge(Sender sender, HttpReply reply) {
        answers.answer(sender.page(), sender.presence(), reply, Set.of());
    }

    void listen(Sender sender, HandMadeResponse response) {
        streams.add(new EventStream(sender, response));
    }

    /** Delivers pending events to the streams; true if there were any. */
    boolean tellStreams() {
        int rounds = 0;
        for (Runnable task = later.poll(); task != null; task = later.poll()) {
            task.run();
            if (++rounds > MOST_ROUNDS) {
                scene.complaints.add("stream that tells of itself without end", streams.toString());
                later.clear();
            }
        }
        boolean told = false;
        for (EventStream stream : streams) {
            String text = stream.response().takeText();
            if (!text.isEmpty()) {
                told = true;
                answers.text(stream.sender().page(), stream.sender().presence(), text, Set.of());
            }
        }
        return told;
    }

    @Override
    public void close() {
        fronts.forEach(Front::close);
    }
}
