package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.Futures;
import dev.latchkey.Scheduler;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ResponseMode;
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
 * The web endpoints of an application (RFC 10017 section 6): pages request tokens through {@code latchkey.js}; the
 * server runs the protocol and keeps refresh tokens, codes and secrets. Map {@link #servlet()} to {@code <prefix>/*} in
 * the container, and register {@code <address of the site><prefix>/callback} as the redirect URI.
 *
 * <p>A browser is identified by a session cookie; a session can use only accounts that signed in through it. A browser
 * that is not signed in has no session: the data of a sign-in in progress is kept in a separate, sealed cookie.
 * Thread-safe.
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

    /** Creates the web endpoints of an application with the defaults. */
    public static LatchkeyWeb of(ClientApplication application) {
        return builder(application).build();
    }

    /** Starts a builder of the web endpoints of an application, which all pages and all users share. */
    public static LatchkeyWebBuilder builder(ClientApplication application) {
        return new LatchkeyWebBuilder(application);
    }

    /** Creates a servlet that serves everything under {@link #pathPrefix()}; it needs async support. */
    public LatchkeyServlet servlet() {
        return new LatchkeyServlet(this);
    }

    /** The path under which everything is served. */
    public String pathPrefix() {
        return values.pathPrefix;
    }

    /** The application that acquires the tokens. */
    public ClientApplication application() {
        return values.application;
    }

    /**
     * The session of a request, if somebody signed in through it; for Java code outside the servlet. Returns at once;
     * the request is not accessed after the call returns.
     */
    public CompletableFuture<Optional<WebSession>> session(HttpServletRequest request) {
        return cookie.read(request)
                .map(id -> Workers.start(values.workers, () -> present(id)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** Like {@link #session}, read on the calling thread: for code that may block. */
    public Optional<WebSession> readSession(HttpServletRequest request) {
        return cookie.read(request).flatMap(this::present);
    }

    /**
     * Signs an account out of every session of this application in the session store, and removes its local tokens,
     * without notifying the authority. For operators, and for sign-out notifications from the authority. Returns at
     * once.
     */
    public CompletableFuture<Void> signOutEverywhere(Account account) {
        return Workers.start(values.workers, () -> {
            sessions.removeEverywhere(AccountRef.of(account));
            return Futures.await(values.application.clearCache(account));
        });
    }

    /** The session of a request; an empty one if there is none. */
    WebSession sessionOrEmpty(HttpServletRequest request) {
        return readSession(request).orElseGet(() -> WebSession.of(values.application, SessionData.EMPTY));
    }

    /** The id of the request's session, if that still exists. */
    Optional<SessionId> aliveSession(HttpServletRequest request) {
        return cookie.read(request).filter(id -> sessions.read(id) != null);
    }

    /**
     * An account whose tokens are gone has signed out, here or elsewhere: if it returns, then not through this session.
     */
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

    /** The redirect URI: the same for the request and for the redemption. */
    URI callback(HttpServletRequest request) {
        return originOf(request).resolve(request.getContextPath() + values.pathPrefix + "/callback");
    }

    /** How the authority sends its responses to the callback. */
    ResponseMode responseMode() {
        return values.responseMode;
    }

    URI signedOutPage(HttpServletRequest request) {
        return originOf(request).resolve(request.getContextPath() + values.pathPrefix + "/signed-out");
    }

    /** Runs the heartbeats of event streams. */
    Scheduler scheduler() {
        return values.scheduler;
    }

    /** Lets a request trigger the deletion of expired data now and then, because not every store does so itself. */
    void sweepIfDue() {
        Instant due = nextSweep.get();
        Instant now = values.clock.instant();
        if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(SWEEP_INTERVAL))) {
            // On a worker, so that the current request does not wait for it.
            values.workers.execute(this::sweep);
        }
    }

    private void sweep() {
        keys.keep();
        sessions.sweep();
    }
}
