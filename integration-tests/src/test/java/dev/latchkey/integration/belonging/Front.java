package dev.latchkey.integration.belonging;

import dev.latchkey.Scheduler;
import dev.latchkey.store.TokenStore;
import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.LatchkeyWeb;
import dev.latchkey.web.LatchkeyWebBuilder;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@code latchkey-web} of a sequence, on a node that may be replaced. */
final class Front {
    /** The API behind it. */
    static final String API = "/api/mail/";

    private static final String NAME = "__Host-latchkey-";

    final Actor actor;
    final Site site;
    private final InstantSource clock;
    private final TokenStore sessions;
    private LatchkeyWeb web;
    private LatchkeyServlet servlet;
    private @Nullable String cookieName;

    /**
     * Its configuration.
     *
     * @param root its address, which ends with its prefix
     * @param sessionTimeout how long an unused session lasts
     * @param api what it serves as {@link #API}
     * @param otherTenants whether pages may name other tenants
     * @param tokensStay whether pages get no tokens
     * @param namesItself whether its address is configured; otherwise it trusts the request
     */
    record Site(
            URI root, Duration sessionTimeout, URI api, boolean otherTenants, boolean tokensStay, boolean namesItself) {
        String origin() {
            return root.getScheme() + "://" + root.getRawAuthority();
        }
    }

    Front(Actor actor, Site site, InstantSource clock, TokenStore sessions) {
        this.actor = actor;
        this.site = site;
        this.clock = clock;
        this.sessions = sessions;
        this.web = build();
        this.servlet = web.servlet();
    }

    /** Replaces the node by another that shares only the stores. */
    void restart() {
        close();
        web = build();
        servlet = web.servlet();
    }

    void close() {
        servlet.destroy();
    }

    LatchkeyWeb web() {
        return web;
    }

    LatchkeyServlet servlet() {
        return servlet;
    }

    Issuer own() {
        return actor.own();
    }

    /** The address of a path below the prefix. */
    URI at(String path) {
        return URI.create(site.root() + path);
    }

    URI callback() {
        return at("/callback");
    }

    /** The name of its session cookie; null as long as it has set none. */
    @Nullable
    String cookieName() {
        return cookieName;
    }

    /**
     * Records a cookie that it sets; true if it is the session's. A sign-in's cookie has the same name with a suffix.
     */
    boolean setsSession(String name) {
        boolean isSession = name.indexOf('-', NAME.length()) < 0;
        if (isSession) {
            cookieName = name;
        }
        return isSession;
    }

    /** The name that another front's cookie would have here. */
    @Nullable
    String renamed(String name) {
        int more = name.indexOf('-', NAME.length());
        return cookieName == null || more < 0 ? null : cookieName + name.substring(more);
    }

    /** Serves a call as a container would, on this thread. */
    HttpReply serve(HttpCall call, HandMadeResponse response, Consumer<Runnable> later) {
        try {
            servlet.service(new HandMadeRequest(call, response, later), response);
        } catch (IOException | ServletException | RuntimeException e) {
            throw new IllegalStateException(call.method() + " " + call.address() + " ended in " + e, e);
        }
        return response.reply();
    }

    private LatchkeyWeb build() {
        LatchkeyWebBuilder builder = LatchkeyWeb.builder(actor.app())
                .pathPrefix(site.root().getPath())
                .clock(clock)
                .sessionStore(sessions)
                .sessionTimeout(site.sessionTimeout())
                .proxy("mail", site.api(), "read");
        if (site.otherTenants()) {
            builder.allowOtherTenants();
        }
        if (site.tokensStay()) {
            builder.tokensStayOnServer();
        }
        if (site.namesItself()) {
            builder.publicUri(URI.create(site.origin()));
        }
        withoutThreads(builder);
        return builder.build();
    }

    /** On other threads, clean-up and heartbeats would continue after the end of the sequence and its store. */
    private static void withoutThreads(LatchkeyWebBuilder builder) {
        try {
            Method workers = LatchkeyWebBuilder.class.getDeclaredMethod("workers", Executor.class);
            workers.setAccessible(true);
            workers.invoke(builder, (Executor) Runnable::run);
            Method scheduler = LatchkeyWebBuilder.class.getDeclaredMethod("scheduler", Scheduler.class);
            scheduler.setAccessible(true);
            scheduler.invoke(builder, (Scheduler) (task, delay) -> () -> {});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return actor.name();
    }
}
