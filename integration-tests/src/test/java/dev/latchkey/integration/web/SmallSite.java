package dev.latchkey.integration.web;

import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.LatchkeyWeb;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A site with an empty page, for an application of any authority. */
final class SmallSite implements AutoCloseable {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <title>A small site</title>
            <link rel="icon" href="data:,">
            <script type="module">
            import * as latchkey from "/latchkey/latchkey.js";
            globalThis.latchkey = latchkey;
            globalThis.app = new latchkey.PublicClientApplication({});
            await app.initialize();
            globalThis.back = await app.handleRedirectPromise();
            globalThis.ready = true;
            </script>
            <button id="login" onclick="globalThis.outcome = app.loginPopup({scopes: ['email']})">Sign in</button>
            </html>
            """;

    private final Server server = new Server();
    private final URI address;
    private volatile LatchkeyServlet latchkey;

    SmallSite(LatchkeyWeb web) throws Exception {
        latchkey = web.servlet();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder endpoints = new ServletHolder(new Endpoints());
        endpoints.setAsyncSupported(true);
        context.addServlet(endpoints, "/latchkey/*");
        context.addServlet(new ServletHolder(new Page()), "/");
        server.setHandler(context);
        server.start();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    /** Replaces the server with another one, which shares only what is stored. */
    void replaceServer(LatchkeyWeb web) {
        latchkey = web.servlet();
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Endpoints extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            latchkey.service(request, response);
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html;charset=utf-8");
            response.getWriter().print(PAGE);
        }
    }
}
