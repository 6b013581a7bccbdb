package dev.latchkey.integration.belonging;

import dev.latchkey.store.TokenStore;
import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.LatchkeyWeb;
import dev.latchkey.web.LatchkeyWebBuilder;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@code latchkey-web} of a sequence, on a node that may be replaced. */
final class Front {
    /** The API that it serves. */
    static final String API = "/api/mail/";

    final Actor actor;
    final Site site;
    private final InstantSource clock;
    private final TokenStore sessions;
    private static final int LONGEST_ID = 64;

    private LatchkeyWeb web;
    private LatchkeyServlet servlet;
    private @Nullable String cookieName;

    /**
     * How it is set up.
     *
     * @param root its address, which ends with its prefix
     * @param sessionTimeout how long a session lasts that nobody uses
     * @param api what it serves as {@link #API}
     * @param otherTenants whether pages may name other tenants
     * @param tokensStay whether pages get no tokens
     * @param namesItself whether it is told its address, else believes the request
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

    /** Another node takes over, which shares the stores and nothing else. */
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

    /** What its session cookie is called; null as long as it has set none. */
    @Nullable
    String cookieName() {
        return cookieName;
    }

    /** Takes note of a cookie it sets; those that hold a sign-in under way are longer than a session's id. */
    void setsCookie(String name, String value) {
        if (!value.isEmpty() && value.length() <= LONGEST_ID) {
            cookieName = name;
        }
    }

    HttpReply serve(HttpCall call, Consumer<Runnable> later) {
        return serve(call, new HandMadeResponse(), later);
    }

    /** As a container would, on this thread. */
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
        sweepAtOnce(builder);
        return builder.build();
    }

    /** On a thread of its own the clean-up would go on when the sequence and its store are gone. */
    private static void sweepAtOnce(LatchkeyWebBuilder builder) {
        try {
            var sweeper = LatchkeyWebBuilder.class.getDeclaredMethod("sweeper", Executor.class);
            sweeper.setAccessible(true);
            sweeper.invoke(builder, (Executor) Runnable::run);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return actor.name();
    }
}
