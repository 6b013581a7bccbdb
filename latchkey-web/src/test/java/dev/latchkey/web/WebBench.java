package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A site with {@code latchkey-web} in a real container, an authority that knows it, and the time they share. */
final class WebBench implements AutoCloseable {
    static final String ALICE = "alice@contoso.example";
    static final String BOB = "bob@contoso.example";

    final VirtualClock clock = VirtualClock.atPresent();
    final TokenStore tokens = MemoryTokenStore.builder().clock(clock).build();
    final TokenStore sessions;
    final LocalAuthority idp;
    final String origin;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final UnaryOperator<LatchkeyWebBuilder> settings;
    private LatchkeyWeb web;
    private volatile LatchkeyServlet current;

    private WebBench(TokenStore sessions, UnaryOperator<LatchkeyWebBuilder> settings) throws Exception {
        this.settings = settings;
        this.sessions =
                sessions == null ? MemoryTokenStore.builder().clock(clock).build() : sessions;
        connector.setHost("127.0.0.1");
        connector.open();
        origin = "http://localhost:" + connector.getLocalPort();
        idp = LocalAuthority.builder()
                .clock(clock)
                .client(Client.confidentialClient("web", "s3cret")
                        .redirectUri(origin + "/latchkey/callback")
                        .postLogoutRedirectUri(origin + "/")
                        .postLogoutRedirectUri(origin + "/latchkey/signed-out"))
                .start();
        replaceServer();
        ServletHolder holder = new ServletHolder(new Node());
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, "/latchkey/*");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    static WebBench start() throws Exception {
        return with(settings -> settings);
    }

    static WebBench with(UnaryOperator<LatchkeyWebBuilder> settings) throws Exception {
        return new WebBench(null, settings);
    }

    static WebBench keepingSessionsIn(TokenStore store) throws Exception {
        return new WebBench(store, settings -> settings);
    }

    LatchkeyWeb web() {
        return web;
    }

    private LatchkeyWeb front() {
        return settings.apply(LatchkeyWeb.builder(application())
                        .sweeper(Runnable::run)
                        .clock(clock)
                        .sessionStore(sessions))
                .build();
    }

    private ClientApplication application() {
        return ConfidentialClientApplication.builder("web", "s3cret")
                .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .clock(clock)
                .store(tokens)
                .build();
    }

    /** A browser of its own. */
    Browser browser() {
        return new Browser(this);
    }

    /** From now on another node of the same site serves it: it shares the stores and nothing else. */
    void replaceServer() {
        web = front();
        current = web.servlet();
    }

    private final class Node extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            current.service(request, response);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        idp.close();
    }
}
