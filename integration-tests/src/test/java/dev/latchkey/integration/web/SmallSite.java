package dev.latchkey.integration.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.web.LatchkeyWeb;
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

    SmallSite(ClientApplication application) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder latchkey = new ServletHolder(LatchkeyWeb.of(application).servlet());
        latchkey.setAsyncSupported(true);
        context.addServlet(latchkey, "/latchkey/*");
        context.addServlet(new ServletHolder(new Page()), "/");
        server.setHandler(context);
        server.start();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
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

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html;charset=utf-8");
            response.getWriter().print(PAGE);
        }
    }
}
