package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.Scheduler;
import dev.latchkey.core.account.Account;
import dev.latchkey.store.TokenStore;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Claims;
import dev.latchkey.web.session.Front;
import dev.latchkey.web.session.FrontKeys;
import dev.latchkey.web.session.Sealed;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import dev.latchkey.web.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One application's front to web pages (RFC 10017 section 6): pages ask for tokens through {@code latchkey.js}, this
 * side does the protocol and keeps refresh tokens, codes and secrets. Give {@link #servlet()} to the container for
 * {@code <prefix>/*}, and register {@code <address of the site><prefix>/callback} as redirect URI.
 *
 * <p>A browser is known by a session cookie; a session can use only accounts that signed in through it. Whoever is not
 * signed in has none: what a sign-in under way needs is in a cookie of its own, sealed. Thread-safe.
 */
public final class LatchkeyWeb {
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    private final LatchkeyWebBuilder values;
    private final SessionCookie cookie;
    private final Sessions sessions;
    private final FrontKeys keys;
    private final SignInCookies signIns;
    private final Claims claims;
    private final WireJson wire;
    private final PageRequests requests;
    private final AtomicReference<Instant> nextSweep;

    LatchkeyWeb(LatchkeyWebBuilder values) {
        this.values = values;
        Front front = Front.of(values.application.clientId(), values.application.authority(), values.pathPrefix);
        this.cookie = SessionCookie.of(front.name());
        TokenStore store = values.store();
        this.sessions = new Sessions(front, store, values.clock, values.sessionTimeout);
        this.keys = new FrontKeys(front, store, values.clock, values.random);
        this.signIns = new SignInCookies(front.name(), new Sealed(keys, values.clock, values.random), values.clock);
        this.claims = new Claims(front, store, values.clock);
        this.wire = new WireJson(values.tokensInPage);
        this.requests = new PageRequests(values.application, values.otherTenants);
        this.nextSweep = new AtomicReference<>(values.clock.instant().plus(SWEEP_INTERVAL));
    }

    /** A front with the defaults. */
    public static LatchkeyWeb of(ClientApplication application) {
        return builder(application).build();
    }

    /** Starts a front of an application, which is shared by all pages and all people. */
    public static LatchkeyWebBuilder builder(ClientApplication application) {
        return new LatchkeyWebBuilder(application);
    }

    /** A servlet that serves everything under {@link #pathPrefix()}; it needs async support. */
    public LatchkeyServlet servlet() {
        return new LatchkeyServlet(this);
    }

    /** The path under which everything is served. */
    public String pathPrefix() {
        return values.pathPrefix;
    }

    /** The application behind it. */
    public ClientApplication application() {
        return values.application;
    }

    /**
     * The session that a request belongs to, if somebody signed in through it: for Java code beside the servlet. Returns at
     * once; the request is looked at before that only.
     */
    public CompletableFuture<Optional<WebSession>> session(HttpServletRequest request) {
        return cookie.read(request)
                .map(id -> Workers.start(values.workers, () -> present(id)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** As {@link #session}, read on this thread. */
    Optional<WebSession> readSession(HttpServletRequest request) {
        return cookie.read(request).flatMap(this::present);
    }

    /**
     * Signs an account out of every session of this front, and of the application's other fronts that keep sessions in
     * the same store, and removes its tokens here; the authority is not told. For operators, and for the authority's own
     * notices of a sign-out. Returns at once.
     */
    public CompletableFuture<Void> signOutEverywhere(Account account) {
        return Workers.start(values.workers, () -> {
            sessions.removeEverywhere(AccountRef.of(account));
            return Await.result(values.application.clearCache(account));
        });
    }

    /** The session of a request; an empty one where there is none. */
    WebSession sessionOrEmpty(HttpServletRequest request) {
        return readSession(request).orElseGet(() -> WebSession.of(values.application, SessionData.EMPTY));
    }

    /** The id of a session that is alive. */
    Optional<SessionId> aliveSession(HttpServletRequest request) {
        return cookie.read(request).filter(id -> sessions.read(id) != null);
    }

    /** An account whose tokens are gone has signed out, whoever did that: if it comes back, then not through here. */
    private Optional<WebSession> present(SessionId id) {
        SessionData data = sessions.read(id);
        if (data == null) {
            return Optional.empty();
        }
        WebSession session = WebSession.of(values.application, data);
        for (AccountRef account : data.accounts()) {
            if (!session.knows(account)) {
                data = sessions.change(id, it -> it.without(account));
                sessions.unlist(account, id);
            }
        }
        return data == null || data.accounts().isEmpty() ? Optional.empty() : Optional.of(session.with(data));
    }

    SessionCookie cookie() {
        return cookie;
    }

    boolean areTokensInPage() {
        return values.tokensInPage;
    }

    Sessions sessions() {
        return sessions;
    }

    SignInCookies signIns() {
        return signIns;
    }

    Claims claims() {
        return claims;
    }

    WireJson wire() {
        return wire;
    }

    PageRequests requests() {
        return requests;
    }

    InstantSource clock() {
        return values.clock;
    }

    Duration interactionTimeout() {
        return values.interactionTimeout;
    }

    @Nullable
    ProxyRoute route(String name) {
        return values.routes.get(name);
    }

    Origin originOf(HttpServletRequest request) {
        return Origin.of(request, values.publicUri);
    }

    /** Where the authority sends people: the same for the request and for the redemption. */
    URI callback(HttpServletRequest request) {
        return originOf(request).resolve(request.getContextPath() + values.pathPrefix + "/callback");
    }

    URI signedOutPage(HttpServletRequest request) {
        return originOf(request).resolve(request.getContextPath() + values.pathPrefix + "/signed-out");
    }

    /** When streams of events are looked after. */
    Scheduler scheduler() {
        return values.scheduler;
    }

    /** One request of many cleans up what stores do not clean up themselves. */
    void sweepIfDue() {
        Instant due = nextSweep.get();
        Instant now = values.clock.instant();
        if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(SWEEP_INTERVAL))) {
            // Not on the time of whoever happens to ask now.
            values.workers.execute(this::sweep);
        }
    }

    private void sweep() {
        keys.keep();
        sessions.sweep();
    }
}
