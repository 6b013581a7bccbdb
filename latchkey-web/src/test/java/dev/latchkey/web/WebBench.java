package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.ManualScheduler;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A site with {@code latchkey-web} in a real container, an authority that knows it, and a shared clock. */
final class WebBench implements AutoCloseable {
    static final String ALICE = "alice@contoso.example";
    static final String BOB = "bob@contoso.example";

    final VirtualClock clock = VirtualClock.atPresent();
    final TokenStore tokens;
    final TokenStore sessions;
    final LocalAuthority idp;
    final String origin;
    private final HttpTransport transport = JdkHttpTransport.create();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final UnaryOperator<LatchkeyWebBuilder> settings;
    final ManualScheduler scheduler = ManualScheduler.on(clock);
    private LatchkeyWeb web;
    private volatile LatchkeyServlet current;

    /** Delays the next redemption of a code. */
    volatile Hold hold;

    /** The thread that serves a callback. */
    volatile Thread serving;

    private WebBench(TokenStore tokens, TokenStore sessions, UnaryOperator<LatchkeyWebBuilder> settings)
            throws Exception {
        this.settings = settings;
        this.tokens = tokens == null ? memory() : tokens;
        this.sessions = sessions == null ? memory() : sessions;
        connector.setHost("127.0.0.1");
        // Only the code under test ends connections.
        connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
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
        return new WebBench(null, null, settings);
    }

    static WebBench keepingSessionsIn(TokenStore store) throws Exception {
        return new WebBench(null, store, settings -> settings);
    }

    /** One store for tokens and sessions, as with Spring Boot. */
    static WebBench keepingAllIn(TokenStore store) throws Exception {
        return new WebBench(store, store, settings -> settings);
    }

    private TokenStore memory() {
        return MemoryTokenStore.builder().clock(clock).build();
    }

    /** Holds back the redemption of a code until it is released. */
    static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitReached() throws InterruptedException {
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        }

        void release() {
            released.countDown();
        }
    }

    private HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        Hold here = hold;
        if (here != null && message.method() == HttpMethod.POST) {
            hold = null;
            here.reached.countDown();
            here.released.await();
        }
        return transport.send(message, timeout);
    }

    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    int openStreams() {
        return current.openStreams();
    }

    LatchkeyWeb web() {
        return web;
    }

    private LatchkeyWeb front() {
        return settings.apply(LatchkeyWeb.builder(application())
                        .workers(Runnable::run)
                        .scheduler(scheduler)
                        .clock(clock)
                        .sessionStore(sessions))
                .build();
    }

    private ClientApplication application() {
        return ConfidentialClientApplication.builder("web", "s3cret")
                .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .clock(clock)
                .store(tokens)
                .transport(this::send)
                .build();
    }

    /** A new browser. */
    Browser browser() {
        return new Browser(this);
    }

    /** Replaces the node with another one of the same site, which shares only the stores. */
    void replaceServer() {
        web = front();
        current = web.servlet();
    }

    private final class Node extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (request.getRequestURI().endsWith("/callback")) {
                serving = Thread.currentThread();
            }
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
