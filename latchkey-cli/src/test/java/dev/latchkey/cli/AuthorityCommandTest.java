package dev.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.cli.command.StoreLocation;
import dev.latchkey.cli.console.CliEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AuthorityCommandTest {
    @TempDir
    private Path folder;

    @Test
    void authority_untilInterrupted_servesWhatItPrints() throws Exception {
        try (Running running = new Running(folder, "authority")) {
            assertThat(running.lines)
                    .anySatisfy(line -> assertThat(line).contains("Entra-shaped", "/contoso"))
                    .anySatisfy(line -> assertThat(line).contains("alice@contoso.example", "password secret"))
                    .anySatisfy(line -> assertThat(line).contains("client", "demo-app"));
            HttpResponse<String> metadata = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(running.issuer() + "/.well-known/openid-configuration"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(metadata.statusCode()).isEqualTo(200);

            assertThat(running.stop()).isZero();
        }
    }

    @Test
    void authority_overHttps_isTrustedByItsCertificateAlone() throws Exception {
        Path ca = folder.resolve("ca.pem");
        try (Running running = new Running(folder, "authority", "--https", "--ca-file", ca.toString())) {
            Cli cli = new Cli(folder.resolve("cache"));
            SSLContext trust = trusting(ca);
            cli.browser(uri -> {
                Thread visit = new Thread(() -> ScriptedPerson.signsIn(Cli.ALICE, "secret")
                        .trusting(trust)
                        .visit(uri));
                visit.setDaemon(true);
                visit.start();
            });
            String[] login = {"login", "--authority", running.issuer(), "--client-id", "demo-app"};

            assertThat(running.issuer()).startsWith("https://");
            assertThat(cli.run(login).code()).as("not trusted").isEqualTo(5);
            cli.set("LATCHKEY_CA_CERTIFICATE", ca.toString());
            assertThat(cli.run(login).code()).isZero();
        }
    }

    @Test
    void authority_portTaken_endsWithTwo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Cli.Ended ended = new Cli(folder).run("authority", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void authority_configurationWithAMistake_namesFileAndMember() throws IOException {
        Path config = Files.writeString(folder.resolve("people.json"), "{\"users\":[{\"name\":\"x\"}]}");

        Cli.Ended ended = new Cli(folder).run("authority", "--config", config.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("people.json", "a user has no member name");
    }

    @Test
    void authority_configuration_isWhatIsServedAndItsPasswordsAreNotPrinted() throws Exception {
        Path config = Files.writeString(folder.resolve("people.json"), """
                {"tenants": [{"name": "fabrikam"}],
                 "users": [{"userName": "carol@fabrikam.example", "password": "hush-hush"}],
                 "clients": [{"clientId": "shop", "redirectUris": ["http://localhost"]}]}
                """);
        try (Running running = new Running(folder, "authority", "--config", config.toString())) {
            assertThat(String.join("\n", running.lines))
                    .contains("/fabrikam", "carol@fabrikam.example", "shop")
                    .doesNotContain("hush-hush", "contoso");
        }
    }

    @Test
    void authority_configurationChanged_isTakenOverWhileItRuns() throws Exception {
        Path config = Files.writeString(folder.resolve("people.json"), "{}");
        CompletableFuture<String> takenOver = new CompletableFuture<>();
        Logger log = Logger.getLogger("dev.latchkey.authority.config.ConfigWatch");
        log.setFilter(line -> {
            takenOver.complete(line.getMessage());
            return true;
        });
        try (Running running = new Running(folder, "authority", "--config", config.toString())) {
            URI fabrikam =
                    URI.create(running.issuer().replace("/oidc", "/fabrikam/v2.0/.well-known/openid-configuration"));
            assertThat(status(fabrikam)).isEqualTo(400);

            Files.writeString(config, "{\"tenants\": [{\"name\": \"fabrikam\"}]}");

            assertThat(takenOver.get(20, TimeUnit.SECONDS)).contains("took over");
            assertThat(status(fabrikam)).isEqualTo(200);
        } finally {
            log.setFilter(null);
        }
    }

    private static int status(URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void authority_caFileWithoutHttps_endsWithTwo() {
        assertThat(new Cli(folder).run("authority", "--ca-file", "x.pem").code())
                .isEqualTo(2);
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** Runs the command on its own thread until it is interrupted. */
    private static final class Running implements AutoCloseable {
        private final List<String> lines = new ArrayList<>();
        private final CompletableFuture<Integer> code = new CompletableFuture<>();
        private final Thread thread;

        Running(Path cache, String... words) throws IOException {
            PipedInputStream printed = new PipedInputStream(1 << 16);
            PrintStream out = new PrintStream(new PipedOutputStream(printed), true, UTF_8);
            CliEnvironment environment = new CliEnvironment(
                    out,
                    System.err,
                    Map.of("LATCHKEY_CACHE", cache.toString()),
                    () -> false,
                    () -> uri -> {},
                    StoreLocation::openFiles);
            thread = new Thread(() -> code.complete(new Main(environment).run(List.of(words))));
            thread.start();
            BufferedReader reader = new BufferedReader(new InputStreamReader(printed, UTF_8));
            for (String line = reader.readLine(); !line.equals("Try:"); line = reader.readLine()) {
                lines.add(line);
            }
        }

        String issuer() {
            return lines.stream()
                    .filter(line -> line.contains("plain OIDC"))
                    .map(line -> line.substring(line.indexOf("http")).strip())
                    .findFirst()
                    .orElseThrow();
        }

        int stop() throws Exception {
            thread.interrupt();
            return code.get(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            stop();
        }
    }
}
