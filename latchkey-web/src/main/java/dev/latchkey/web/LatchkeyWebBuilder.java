package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.Scheduler;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Builds a {@link LatchkeyWeb}; everything but the application has a default. */
public final class LatchkeyWebBuilder {
    private static final int MOST_SESSIONS = 200_000;
    private static final int LONGEST_SHOWN = 200;

    final ClientApplication application;
    final Map<String, ProxyRoute> routes = new LinkedHashMap<>();
    String pathPrefix = "/latchkey";

    @Nullable
    URI publicUri;

    @Nullable
    TokenStore sessionStore;

    InstantSource clock = Clock.systemUTC();
    final SecureRandom random = new SecureRandom();
    Duration sessionTimeout = Duration.ofHours(12);
    Duration interactionTimeout = Duration.ofMinutes(10);
    Executor workers = Workers.create();
    Scheduler scheduler = new Alarms();
    boolean tokensInPage = true;
    boolean otherTenants;
    ResponseMode responseMode = ResponseMode.QUERY;

    LatchkeyWebBuilder(ClientApplication application) {
        this.application = application;
    }

    /** A copy, so that later changes of this builder do not affect what was built. */
    private LatchkeyWebBuilder(LatchkeyWebBuilder from) {
        this.application = from.application;
        this.routes.putAll(from.routes);
        this.pathPrefix = from.pathPrefix;
        this.publicUri = from.publicUri;
        this.sessionStore = from.sessionStore;
        this.clock = from.clock;
        this.sessionTimeout = from.sessionTimeout;
        this.interactionTimeout = from.interactionTimeout;
        this.workers = from.workers;
        this.scheduler = from.scheduler;
        this.tokensInPage = from.tokensInPage;
        this.otherTenants = from.otherTenants;
        this.responseMode = from.responseMode;
    }

    /**
     * The path under which everything is served; if it is not the default, configure it in the page too. Default {@code
     * /latchkey}.
     */
    public LatchkeyWebBuilder pathPrefix(String value) {
        if (!isPathPrefix(value)) {
            throw new IllegalArgumentException("a path prefix is like /latchkey, without a slash at its end: "
                    + PrintableText.of(value, LONGEST_SHOWN));
        }
        this.pathPrefix = value;
        return this;
    }

    /**
     * The address of the site as browsers see it, for example {@code https://www.example.com}. Default: taken from each
     * request; behind a proxy the container must then trust the proxy's {@code Forwarded} headers.
     */
    public LatchkeyWebBuilder publicUri(URI value) {
        if (value.getHost() == null || value.getScheme() == null) {
            throw new IllegalArgumentException("the public address needs scheme and host: " + value);
        }
        this.publicUri = value;
        return this;
    }

    /**
     * The store for sessions, and for the key of the cookies that hold sign-ins in progress. If nodes share a store,
     * each node can serve every session and finish every sign-in, and both survive a restart. Browsers that are not
     * signed in add only records of recently answered or abandoned sign-ins, in at most 128 entries. Default: in
     * memory, separate from the tokens, at most 200,000 entries.
     */
    public LatchkeyWebBuilder sessionStore(TokenStore value) {
        this.sessionStore = value;
        return this;
    }

    /** How long an unused session lasts. Default 12 hours. */
    public LatchkeyWebBuilder sessionTimeout(Duration value) {
        this.sessionTimeout = positive(value);
        return this;
    }

    /** How long the user may take to sign in. Default 10 minutes. */
    public LatchkeyWebBuilder interactionTimeout(Duration value) {
        this.interactionTimeout = positive(value);
        return this;
    }

    /**
     * Keeps access tokens and ID tokens away from the page (RFC 10017 section 6.1): results in the page have empty
     * tokens, and APIs are called through {@link #proxy}. Default: the page receives the tokens (section 6.2).
     */
    public LatchkeyWebBuilder tokensStayOnServer() {
        this.tokensInPage = false;
        return this;
    }

    /**
     * Proxies an external API under {@code <prefix>/api/<name>/}, with a token of the session's account.
     *
     * @param name the name in the path
     * @param target the base address to which the rest of the path is appended; calls never go outside it
     * @param scopes the scopes that the token must have
     */
    public LatchkeyWebBuilder proxy(String name, URI target, String... scopes) {
        routes.put(name, new ProxyRoute(name, target, Scopes.of(scopes)));
        return this;
    }

    /**
     * Lets pages name other tenants of the application's Entra cloud, as guests need, or other policies of its B2C
     * tenant: users of any tenant that the registration admits can then sign in. Pages can never name another issuer.
     * Default: only the application's authority.
     */
    public LatchkeyWebBuilder allowOtherTenants() {
        this.otherTenants = true;
        return this;
    }

    /**
     * How the authority sends its responses to {@code <prefix>/callback}. {@link ResponseMode#FORM_POST} keeps codes out
     * of addresses, logs and the browser's history, at the price of one more request per sign-in; some providers
     * require it for some scopes. Hidden frames stay with the query. Posted responses are accepted in either mode. Default {@link ResponseMode#QUERY}.
     *
     * @throws IllegalArgumentException if it is {@link ResponseMode#FRAGMENT}, which no server receives
     */
    public LatchkeyWebBuilder responseMode(ResponseMode value) {
        if (value == ResponseMode.FRAGMENT) {
            throw new IllegalArgumentException("the response mode must be query or form_post");
        }
        this.responseMode = value;
        return this;
    }

    /** The clock. Default: the system clock. */
    public LatchkeyWebBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /** Builds the web endpoints. Sends no request. */
    public LatchkeyWeb build() {
        return new LatchkeyWeb(new LatchkeyWebBuilder(this));
    }

    /** The executor of background work; tests run it themselves. */
    LatchkeyWebBuilder workers(Executor value) {
        this.workers = value;
        return this;
    }

    /** The scheduler of delayed work, so that tests need not wait. */
    LatchkeyWebBuilder scheduler(Scheduler value) {
        this.scheduler = value;
        return this;
    }

    TokenStore store() {
        return sessionStore == null
                ? MemoryTokenStore.builder()
                        .clock(clock)
                        .maximumSize(MOST_SESSIONS)
                        .build()
                : sessionStore;
    }

    /** Segments of RFC 3986 unreserved characters, each after a slash, none empty. */
    private static boolean isPathPrefix(String value) {
        boolean afterSlash = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isSlash = c == '/';
            boolean fits = isSlash ? !afterSlash : i > 0 && (PageRequests.isLetterOrDigit(c) || "._~-".indexOf(c) >= 0);
            if (!fits) {
                return false;
            }
            afterSlash = isSlash;
        }
        return !value.isEmpty() && !afterSlash;
    }

    private static Duration positive(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("must be positive: " + value);
        }
        return value;
    }
}
