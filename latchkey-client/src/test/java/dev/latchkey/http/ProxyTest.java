package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real proxy in front of a real TLS server, and what the server sees of it: nothing. */
@Timeout(120)
class ProxyTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final URI SECURE = URI.create("https://" + Origin.HOST + "/token");
    private static final URI PLAIN = URI.create("http://" + Origin.HOST + "/token");
    private static final String PASSWORD = "p\u00e4ss:w\u00f6rd";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("Jos\u00e9:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path directory;

    private static Path keys;

    private Origin origin;
    private Origin plain;

    @BeforeAll
    static void generate() throws Exception {
        keys = Origin.keys(directory);
    }

    @BeforeEach
    void listen() throws Exception {
        origin = Origin.secure(keys);
        plain = Origin.plain();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
        plain.close();
    }

    @Test
    void httpsAddress_goesThroughATunnelOfItsHostAndPort() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.open(), origin.port())) {
            assertThat(send(ProxySettings.of(proxy.address()), post(SECURE)).body())
                    .isEqualTo("tea");

            assertThat(proxy.heads).singleElement().asString().startsWith("CONNECT op.example:443 HTTP/1.1\r\n");
            assertThat(origin.heads).singleElement().asString().startsWith("POST /token HTTP/1.1\r\n");
        }
    }

    @Test
    void tlsIdentityOfARequest_goesThroughTheProxyToo() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.open(), origin.port())) {
            HttpMessage message = HttpMessage.builder(SECURE)
                    .tlsIdentity(new SslContextIdentity(Origin.trusting(keys)))
                    .build();

            assertThat(send(ProxySettings.of(proxy.address()), message).status())
                    .isEqualTo(200);
            assertThat(proxy.heads).hasSize(1);
        }
    }

    @Test
    void httpAddress_getsTheCredentialsWithTheFirstRequest() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.wanting(BASIC), plain.port())) {
            assertThat(send(identified(proxy), post(PLAIN)).status()).isEqualTo(200);

            assertThat(proxy.heads).singleElement().asString().startsWith("POST http://op.example/token HTTP/1.1\r\n");
        }
    }

    /** Whatever is reached directly gets none of what is the proxy's: this machine, an exception, and where a redirect points. */
    @Test
    void credentials_areForTheProxyOnly() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + plain.port() + "/");
        plain.answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + plain.port() + "/next\r\n"
                + "Content-Length: 0\r\n\r\n";
        try (TestProxy proxy = new TestProxy(TestProxy.wanting(BASIC), plain.port())) {
            assertThat(send(identified(proxy), HttpMessage.get(address)).status())
                    .isEqualTo(302);
            assertThat(send(identified(proxy).withoutProxyFor("*"), HttpMessage.get(address))
                            .status())
                    .isEqualTo(302);

            assertThat(proxy.heads).isEmpty();
            assertThat(plain.heads).hasSize(2).noneMatch(head -> head.contains("Proxy-"));
        }
    }

    /** The selector is asked twice, by us and by the client: what it answers first must not decide what is sent then. */
    @Test
    void credentials_whenTheSelectorChangesItsMind_stayHere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProxySelector fickle = selector(() -> asked.getAndIncrement() % 2 == 0
                ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1))
                : Proxy.NO_PROXY);
        ProxySettings settings = ProxySettings.of(fickle).withCredentials("jo", Secret.of("hidden"));
        URI address = URI.create("http://127.0.0.1:" + plain.port() + "/");

        assertThat(send(settings, HttpMessage.get(address)).status()).isEqualTo(200);

        assertThat(plain.heads).singleElement().asString().doesNotContain("Proxy-Authorization");
    }

    @Test
    void selector_ofTheApplication_chooses_withCredentialsForWhomeverItChooses() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.wanting(BASIC), plain.port())) {
            ProxySelector always =
                    selector(() -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port())));
            ProxySettings settings = ProxySettings.of(always);

            assertThat(send(settings.withCredentials("Jos\u00e9", Secret.of(PASSWORD)), post(PLAIN))
                            .status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> send(settings, post(PLAIN)))
                    .isInstanceOf(HttpTransport.ProxyException.class)
                    .hasMessageContaining("add a user name and a password");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | refuses to connect to the server (403)",
                "302 | refuses to connect to the server (302)",
                "502 | could not connect to the server (502)",
                "504 | could not connect to the server (504)",
                "407 | requires authentication (407): add a user name and a password to its address",
            })
    void tunnel_refused_saysByWhomAndWhatToDo(int status, String words) throws Exception {
        String refusal = "HTTP/1.1 " + status + " \u001b[2J\r\nContent-Length: 2\r\n\r\nno";
        try (TestProxy proxy = new TestProxy(TestProxy.answering(refusal), origin.port())) {
            assertThatThrownBy(() -> send(ProxySettings.of(proxy.address()), post(SECURE)))
                    .isInstanceOfSatisfying(HttpTransport.ProxyException.class, e -> assertThat(e.status())
                            .isEqualTo(status))
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port())
                    .hasMessageContaining(words);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void tunnel_refusedToAClientOfTheApplication_namesTheProxyToo() throws Exception {
        String refusal = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
        try (TestProxy proxy = new TestProxy(TestProxy.answering(refusal), origin.port())) {
            HttpClient own = HttpClient.newBuilder()
                    .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())))
                    .build();

            assertThatThrownBy(() -> JdkHttpTransport.over(own).send(post(SECURE), LONG))
                    .isInstanceOf(HttpTransport.ProxyException.class)
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port() + " refuses");
        }
    }

    @Test
    void nobodyListening_isToldApart_atTheProxyAndAtTheServer() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, Origin.loopback())) {
            closed = free.getLocalPort();
        }
        HttpMessage direct = HttpMessage.get(URI.create("http://127.0.0.1:" + closed + "/"));

        assertThatThrownBy(() -> send(ProxySettings.of("127.0.0.1:" + closed), post(SECURE)))
                .isInstanceOf(HttpTransport.ProxyException.class)
                .hasMessageContaining("the proxy 127.0.0.1:" + closed + " cannot be reached");
        assertThatThrownBy(() -> send(ProxySettings.of("no-such-host.invalid:8080"), post(SECURE)))
                .isInstanceOf(HttpTransport.ProxyException.class)
                .hasMessageContaining("the proxy no-such-host.invalid:8080 cannot be reached");
        assertThatThrownBy(() -> send(ProxySettings.of("127.0.0.1:1"), direct))
                .isInstanceOf(HttpTransport.NotSentException.class);
    }

    @Test
    void proxy_thatNeverAnswers_isGivenUpInTime() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.silent(), origin.port());
                JdkHttpTransport transport = transport(ProxySettings.of(proxy.address()))) {
            assertThatThrownBy(() -> transport.send(post(SECURE), SHORT)).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xyz\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "\u0000\u0000\u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: x\r\n\r\n"
            })
    void proxy_thatAnswersGarbage_failsTheCall(String garbage) throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.answering(garbage), origin.port());
                JdkHttpTransport transport = transport(ProxySettings.of(proxy.address()))) {
            assertThatThrownBy(() -> transport.send(post(SECURE), SHORT)).isInstanceOf(IOException.class);
            assertThat(origin.heads).isEmpty();
        }
    }

    /** The client reads no further than some hundred kilobytes, or until the time is over. */
    @Test
    void proxy_whoseHeaderNeverEnds_isGivenUp() throws Exception {
        String line = "X: " + "y".repeat(1_000) + "\r\n";
        try (TestProxy proxy = new TestProxy(
                        TestProxy.answeringEndlessly("HTTP/1.1 200 OK\r\n" + line.repeat(10)), origin.port());
                JdkHttpTransport transport = transport(ProxySettings.of(proxy.address()))) {
            Throwable failure = catchThrowable(() -> transport.send(post(SECURE), LONG));

            assertThat(failure).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
            assertThat(proxy.written.get()).isLessThan(64_000_000);
        }
    }

    @Test
    void retry_isForAProxyThatDidNotAnswer_notForWhatItDecided() {
        List<String> pauses = new ArrayList<>();
        for (int status : new int[] {0, 403, 407, 502}) {
            RetryingTransport transport = new RetryingTransport(
                    (message, timeout) -> {
                        throw new HttpTransport.ProxyException("no", status, null);
                    },
                    () -> pauses.add("after " + status));

            assertThatThrownBy(() -> transport.send(post(SECURE), LONG))
                    .isInstanceOf(HttpTransport.ProxyException.class);
        }
        assertThat(pauses).containsExactly("after 0");
    }

    @Test
    void client_isSharedByEqualProxiesOnly() {
        ProxySettings one = ProxySettings.of("http://jo:a@proxy.example:3128");
        ProxySettings same = ProxySettings.of("proxy.example:3128").withCredentials("jo", Secret.of("a"));

        assertThat(setup(one)).isEqualTo(setup(same));
        assertThat(setup(one)).isNotEqualTo(setup(ProxySettings.of("http://jo:b@proxy.example:3128")));
        assertThat(setup(one)).isNotEqualTo(setup(ProxySettings.of("http://proxy.example:3128")));
        assertThat(setup(one)).isNotEqualTo(setup(one.withoutProxyFor("x.example")));
        assertThat(setup(ProxySettings.system())).isEqualTo(setup(ProxySettings.system()));
        assertThat(setup(ProxySettings.system()))
                .isNotEqualTo(setup(ProxySettings.system().withCredentials("jo", Secret.of("a"))));
    }

    /** The JVM decides whether a tunnel gets credentials, once: each of these is a program of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Djdk.http.auth.tunneling.disabledSchemes= | Jos%C3%A9:p%C3%A4ss%3Aw%C3%B6rd | 200",
                "-Djdk.http.auth.tunneling.disabledSchemes= | Jos%C3%A9:hidden | it does not accept the user name",
                "-Dnothing=x | Jos%C3%A9:hidden | start the JVM with -Djdk.http.auth.tunneling.disabledSchemes=",
            })
    void program_withAProxyInItsEnvironment(String property, String userInfo, String words) throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.wanting(BASIC), origin.port())) {
            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    property,
                    "-cp",
                    System.getProperty("java.class.path"),
                    ProxyProgram.class.getName(),
                    keys.toString());
            program.environment().put("https_proxy", "http://" + userInfo + "@127.0.0.1:" + proxy.port());
            Process started = program.redirectErrorStream(true).start();
            String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(started.waitFor()).as(said).isZero();

            assertThat(said).contains(words).doesNotContain("hidden", "Jos", "p\u00e4ss", "Basic ");
            assertThat(origin.heads).hasSize(words.equals("200") ? 1 : 0).noneMatch(head -> head.contains("Proxy-"));
        }
    }

    private static SharedClients.Setup setup(ProxySettings settings) {
        return SharedClients.Setup.of(null, settings);
    }

    private static ProxySettings identified(TestProxy proxy) {
        return ProxySettings.of(proxy.address()).withCredentials("Jos\u00e9", Secret.of(PASSWORD));
    }

    private static HttpMessage post(URI address) {
        return HttpMessage.post(address, Parameters.builder().set("code", "x").build());
    }

    private static HttpAnswer send(ProxySettings settings, HttpMessage message) throws Exception {
        try (JdkHttpTransport transport = transport(settings)) {
            return transport.send(message, LONG);
        }
    }

    private static JdkHttpTransport transport(ProxySettings settings) throws Exception {
        return JdkHttpTransport.builder()
                .trust(Origin.trusting(keys))
                .proxy(settings)
                .build();
    }

    private static ProxySelector selector(java.util.function.Supplier<Proxy> choice) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(choice.get());
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // Told to nobody.
            }
        };
    }
}
