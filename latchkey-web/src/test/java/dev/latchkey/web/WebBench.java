package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
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
    private ServletContextHandler context = new ServletContextHandler();
    private final UnaryOperator<LatchkeyWebBuilder> settings;
    private LatchkeyWeb web;

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
        web = front();
        serve(web);
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
        return settings.apply(LatchkeyWeb.builder(application()).clock(clock).sessionStore(sessions))
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

    /** Another node of the same site: shares the stores and nothing else. */
    void replaceServer() throws Exception {
        context.stop();
        context = new ServletContextHandler();
        server.setHandler(context);
        web = front();
        serve(web);
        context.start();
    }

    private void serve(LatchkeyWeb front) {
        ServletHolder holder = new ServletHolder(front.servlet());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/latchkey/*");
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
