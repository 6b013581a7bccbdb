package dev.latchkey.benchmarks;

import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.authority.User;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import dev.latchkey.web.LatchkeyWeb;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Two hundred people come back from the authority at the same moment: how long their sign-ins take to finish, with one
 * store for tokens and sessions, in memory and in files. The authority is in this process and takes its share of the
 * processors. The first round is for warming up.
 */
public final class Callbacks implements AutoCloseable {
    private static final int PEOPLE = 200;
    private static final int ROUNDS = 6;
    private static final Pattern ADDRESS = Pattern.compile("\"url\":\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Server server = new Server();
    private final LocalAuthority authority;
    private final String origin;

    private Callbacks(TokenStore store) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.open();
        server.addConnector(connector);
        origin = "http://localhost:" + connector.getLocalPort();
        authority = authority(origin + "/latchkey/callback");
        ConfidentialClientApplication application = ConfidentialClientApplication.builder("web", "s3cret")
                .authority(authority.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .store(store)
                .build();
        ServletHolder holder = new ServletHolder(
                LatchkeyWeb.builder(application).sessionStore(store).build().servlet());
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, "/latchkey/*");
        server.setHandler(context);
        server.start();
    }

    private static LocalAuthority authority(String redirectUri) {
        LocalAuthorityBuilder builder = LocalAuthority.builder()
                .client(Client.confidentialClient("web", "s3cret").redirectUri(redirectUri));
        for (int i = 0; i < PEOPLE; i++) {
            builder.user(User.of(name(i), "pass"));
        }
        return builder.start();
    }

    private static String name(int i) {
        return "person" + i + "@contoso.example";
    }

    /** Runs both stores. */
    public static void main(String[] arguments) throws Exception {
        run("in memory", MemoryTokenStore.create());
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            run(
                    "in files",
                    FileTokenStore.builder(directory.path()).withoutKeychain().open());
        }
        System.exit(0);
    }

    private static void run(String store, TokenStore in) throws Exception {
        try (Callbacks callbacks = new Callbacks(in)) {
            for (int round = 1; round <= ROUNDS; round++) {
                List<HttpRequest> arrivals = callbacks.arrivals();
                long before = CpuTime.ofProcess();
                long[] micros = callbacks.atOnce(arrivals);
                long cpu = CpuTime.ofProcess() - before;
                System.out.printf(
                        "%-10s round %d: half within %5d ms, 95 %% within %5d ms, all within %5d ms, %5d ms of processor%n",
                        store,
                        round,
                        micros[PEOPLE / 2] / 1_000,
                        micros[PEOPLE * 95 / 100] / 1_000,
                        micros[PEOPLE - 1] / 1_000,
                        cpu / 1_000_000);
            }
        }
    }

    private List<HttpRequest> arrivals() throws Exception {
        List<HttpRequest> arrivals = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            arrivals.add(arrival(name(i), i));
        }
        return arrivals;
    }

    /** How long after the first each callback was over, in microseconds, shortest first. */
    private long[] atOnce(List<HttpRequest> arrivals) throws Exception {
        ExecutorService browsers = Executors.newFixedThreadPool(PEOPLE);
        CountDownLatch ready = new CountDownLatch(PEOPLE);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Long>> answers = new ArrayList<>();
        for (HttpRequest arrival : arrivals) {
            Callable<Long> browser = () -> {
                ready.countDown();
                go.await();
                requireOk(http.send(arrival, BodyHandlers.ofString()));
                return System.nanoTime();
            };
            answers.add(browsers.submit(browser));
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        long[] micros = new long[PEOPLE];
        for (int i = 0; i < PEOPLE; i++) {
            micros[i] = (answers.get(i).get() - start) / 1_000;
        }
        browsers.shutdown();
        Arrays.sort(micros);
        return micros;
    }

    /** Signs in at the authority; what is left is the browser's way back to the site. */
    private HttpRequest arrival(String person, int number) throws Exception {
        String id = "%032x".formatted(number + 1);
        HttpResponse<String> started = requireOk(http.send(
                HttpRequest.newBuilder(URI.create(origin + "/latchkey/start"))
                        .header("Content-Type", "application/json")
                        .header("X-Latchkey", "1")
                        .header("Origin", origin)
                        .POST(BodyPublishers.ofString(
                                "{\"type\":\"popup\",\"id\":\"" + id + "\",\"request\":{\"scopes\":[\"User.Read\"]}}"))
                        .build(),
                BodyHandlers.ofString()));
        Matcher address = ADDRESS.matcher(started.body());
        if (!address.find()) {
            throw new IllegalStateException(started.body());
        }
        URI callback = authority
                .person(person)
                .visitUpToRedirect(URI.create(address.group(1)))
                .arrivedAt()
                .orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(callback);
        started.headers()
                .allValues("Set-Cookie")
                .forEach(cookie -> request.header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        return request.build();
    }

    private static HttpResponse<String> requireOk(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response;
    }

    @Override
    public void close() throws Exception {
        server.stop();
        authority.close();
    }
}
