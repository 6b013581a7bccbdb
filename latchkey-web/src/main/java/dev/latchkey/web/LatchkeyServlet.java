package dev.latchkey.web;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link LatchkeyWeb}. Map it to {@code <prefix>/*} with async support; several instances may serve the same
 * one. A request blocks its thread while it waits for the authority, but not while its body arrives.
 */
public final class LatchkeyServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LatchkeyServlet.class);

    private final transient LatchkeyWeb web;
    private final transient Map<String, Endpoint> calls;
    private final transient Map<String, Endpoint> pages;
    private final transient ProxyEndpoint proxy;
    private final transient EventsEndpoint events;

    LatchkeyServlet(LatchkeyWeb web) {
        this.web = web;
        this.proxy = new ProxyEndpoint(web);
        this.events = new EventsEndpoint(web);
        SessionEndpoints session = new SessionEndpoints(web);
        InteractionEndpoints interaction = new InteractionEndpoints(web);
        this.calls = Map.ofEntries(
                Map.entry("POST /start", interaction::start),
                Map.entry("POST /result", interaction::result),
                Map.entry("POST /cancel", interaction::cancel),
                Map.entry("POST /token", new SilentEndpoint(web)),
                Map.entry("GET /session", session::session),
                Map.entry("GET /accounts", session::accounts),
                Map.entry("POST /active", session::activate),
                Map.entry("POST /clear", session::clear),
                Map.entry("POST /logout", new LogoutEndpoint(web)));
        this.pages = new HashMap<>(ScriptEndpoint.all());
        CallbackEndpoint callback = new CallbackEndpoint(web);
        pages.put("GET /callback", callback);
        pages.put("POST /callback", callback);
        pages.put("GET /signed-out", new SignedOutEndpoint());
    }

    /** Serves one path. */
    @FunctionalInterface
    interface Endpoint {
        void serve(Exchange exchange) throws IOException;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = new Exchange(request, response, pathOf(request));
        if (!exchange.path().startsWith(ProxyEndpoint.PREFIX) && BodyReader.isDue(request)) {
            BodyReader.begin(request, response);
            return;
        }
        try {
            serve(exchange);
        } catch (Refusal e) {
            exchange.answer(e.status(), WireJson.error("BrowserAuthError", e.code(), e.text()));
        } catch (AuthException e) {
            if (e instanceof CacheException) {
                LOG.error("The store failed", PrintableFailure.of(e));
            }
            exchange.answer(WireJson.statusOf(e), WireJson.error(e));
        } catch (RuntimeException e) {
            LOG.error("A request for {} failed", PrintableText.of(exchange.path()), PrintableFailure.of(e));
            if (response.isCommitted()) {
                throw e;
            }
            exchange.answer(500, WireJson.unexpected());
        }
    }

    private void serve(Exchange exchange) throws IOException {
        web.sweepIfDue();
        String call = exchange.request().getMethod() + " " + exchange.path();
        Endpoint page = pages.get(call);
        if (page != null) {
            page.serve(exchange);
            return;
        }
        Origin own = web.originOf(exchange.request());
        if (call.equals("GET /events")) {
            CsrfCheck.checkSameOrigin(exchange, own);
            events.serve(exchange);
            return;
        }
        CsrfCheck.check(exchange, own);
        if (exchange.path().startsWith(ProxyEndpoint.PREFIX)) {
            proxy.serve(exchange);
            return;
        }
        Endpoint endpoint = calls.get(call);
        if (endpoint == null) {
            throw new Refusal(404, "not_found", "there is no " + call + " here");
        }
        endpoint.serve(exchange);
    }

    /** The part below the prefix, whatever mapping the container uses. */
    private String pathOf(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith(web.pathPrefix())
                ? path.substring(web.pathPrefix().length())
                : path;
    }

    /** The number of pages that receive events. */
    int openStreams() {
        return events.open();
    }

    @Override
    public void destroy() {
        events.close();
    }
}
