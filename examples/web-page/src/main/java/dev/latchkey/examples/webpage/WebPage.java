package dev.latchkey.examples.webpage;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.interaction.SystemBrowser;
import dev.latchkey.web.LatchkeyWeb;
import dev.latchkey.web.LatchkeyWebBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A web site with one page, and the local authority at which its people sign in. Everything listens on loopback and is
 * gone when it is closed.
 */
public final class WebPage implements AutoCloseable {
    /** The site's registration at the authority. */
    public static final String CLIENT_ID = "web-page";

    private static final String CLIENT_SECRET = "known-to-the-server-only";

    private final Server server = new Server();
    private final String origin;
    private final LocalAuthority authority;

    private WebPage(int port, UnaryOperator<LocalAuthorityBuilder> idp, UnaryOperator<LatchkeyWebBuilder> settings)
            throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        // Open before anything answers: the authority has to be told the address.
        connector.open();
        server.addConnector(connector);
        origin = "http://localhost:" + connector.getLocalPort();
        authority = idp.apply(registered(LocalAuthority.builder(), origin)).start();
        LatchkeyWeb web = settings.apply(LatchkeyWeb.builder(application())).build();
        server.setHandler(site(web));
        server.start();
    }

    /** Starts site and authority on free ports. */
    public static WebPage start() throws Exception {
        return start(0, idp -> idp, web -> web);
    }

    /** Starts them with a port of one's own (0: any), another authority or other settings. */
    public static WebPage start(
            int port, UnaryOperator<LocalAuthorityBuilder> idp, UnaryOperator<LatchkeyWebBuilder> settings)
            throws Exception {
        return new WebPage(port, idp, settings);
    }

    /** Runs until the process is ended: {@code [--open] [port]}; the port is 8080 if none is given. */
    public static void main(String... arguments) throws Exception {
        List<String> given = new ArrayList<>(List.of(arguments));
        boolean open = given.remove("--open");
        int port = given.isEmpty() ? 8080 : Integer.parseInt(given.get(0));
        try (WebPage page = start(port, idp -> idp.namedLocalhost(), web -> web)) {
            System.out.println("Open " + page.address() + " and sign in as alice@contoso.example, password "
                    + LocalAuthority.DEFAULT_PASSWORD + ". Ctrl+C ends it.");
            if (open) {
                page.show();
            }
            page.server.join();
        }
    }

    private void show() {
        try {
            SystemBrowser.create().open(address());
        } catch (AuthException e) {
            System.err.println(e.getMessage());
        }
    }

    /** What the site knows of its authority: the two lines a real one would have. */
    private ClientApplication application() {
        return ConfidentialClientApplication.builder(CLIENT_ID, CLIENT_SECRET)
                .authority(authority.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .build();
    }

    private static LocalAuthorityBuilder registered(LocalAuthorityBuilder authority, String origin) {
        return authority
                .client(Client.confidentialClient(CLIENT_ID, CLIENT_SECRET)
                        .displayName("Latchkey example")
                        .redirectUri(origin + "/latchkey/callback")
                        .postLogoutRedirectUri(origin + "/")
                        .postLogoutRedirectUri(origin + "/latchkey/signed-out"))
                // The API answers pages of this origin (CORS).
                .client(Client.singlePageApp("web-page-origin").redirectUri(origin + "/"));
    }

    private ServletContextHandler site(LatchkeyWeb web) {
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder latchkey = new ServletHolder(web.servlet());
        latchkey.setAsyncSupported(true);
        context.addServlet(latchkey, web.pathPrefix() + "/*");
        context.addServlet(new ServletHolder(new TroubleServlet(authority)), "/trouble/*");
        ServletHolder files = new ServletHolder("files", new PageServlet(authority));
        context.addServlet(files, "/settings.js");
        ServletHolder site = new ServletHolder("default", DefaultServlet.class);
        site.setInitParameter(
                "baseResource",
                Objects.requireNonNull(WebPage.class.getResource("/site")).toString());
        site.setInitParameter("dirAllowed", "false");
        context.addServlet(site, "/");
        return context;
    }

    /** Where the page is. */
    public URI address() {
        return URI.create(origin + "/");
    }

    /** Where its people sign in. */
    public LocalAuthority authority() {
        return authority;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the site could not be stopped", e);
        } finally {
            authority.close();
        }
    }
}
