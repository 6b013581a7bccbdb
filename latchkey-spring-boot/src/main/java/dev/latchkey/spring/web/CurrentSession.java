package dev.latchkey.spring.web;

import dev.latchkey.Futures;
import dev.latchkey.web.LatchkeyWeb;
import dev.latchkey.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The session of the browser for the current request; looked up once per request. Thread-safe. */
public final class CurrentSession {
    private static final String ATTRIBUTE = CurrentSession.class.getName();

    private final LatchkeyWeb web;

    /** Creates access to the sessions of the web endpoints. */
    public CurrentSession(LatchkeyWeb web) {
        this.web = web;
    }

    /**
     * The session of the request that this thread serves; empty if it serves none, or nobody signed in. Does not block.
     */
    public CompletableFuture<Optional<WebSession>> get() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return attributes instanceof ServletRequestAttributes servlet
                ? find(servlet.getRequest()).copy()
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** The session of a request; empty if nobody signed in through it. Blocks on the store, as a servlet may. */
    public Optional<WebSession> of(HttpServletRequest request) {
        CompletableFuture<Optional<WebSession>> known = known(request);
        if (known == null) {
            return remember(request, CompletableFuture.completedFuture(web.readSession(request)))
                    .join();
        }
        try {
            return known.join();
        } catch (CompletionException e) {
            throw Futures.unchecked(e);
        }
    }

    private CompletableFuture<Optional<WebSession>> find(HttpServletRequest request) {
        CompletableFuture<Optional<WebSession>> known = known(request);
        return known == null ? remember(request, web.session(request)) : known;
    }

    private static @Nullable CompletableFuture<Optional<WebSession>> known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Known known ? known.session : null;
    }

    private static CompletableFuture<Optional<WebSession>> remember(
            HttpServletRequest request, CompletableFuture<Optional<WebSession>> session) {
        request.setAttribute(ATTRIBUTE, new Known(session));
        return session;
    }

    private record Known(CompletableFuture<Optional<WebSession>> session) {}
}
