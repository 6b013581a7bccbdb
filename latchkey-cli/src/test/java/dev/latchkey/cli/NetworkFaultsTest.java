package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks on the way to the authority, before or after the person was asked: the exit code is the network's. */
@Timeout(120)
@Tag("once")
final class NetworkFaultsTest {
    @TempDir
    private Path folder;

    private LocalAuthority authority;
    private static LocalAuthority untrusted;
    private ServerSocket silent;
    private RecordingProxy proxy;
    private Cli cli;

    @BeforeAll
    static void startForAll() {
        untrusted = LocalAuthority.builder().https().start();
    }

    @AfterAll
    static void stopForAll() {
        untrusted.close();
    }

    @BeforeEach
    void start() throws IOException {
        authority = LocalAuthority.start();
        silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        proxy = new RecordingProxy(407);
        cli = new Cli(folder.resolve("cache"), authority);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        silent.close();
        authority.close();
    }

    /** What is wrong with a server. */
    private enum Wrong {
        NOBODY_LISTENS("no_network_connectivity"),
        NO_SUCH_HOST("no_network_connectivity"),
        NOT_TRUSTED("server_certificate_untrusted"),
        NEVER_ANSWERS("request_timed_out"),
        PROXY_WANTS_A_PASSWORD("proxy_error");

        final String code;

        Wrong(String code) {
            this.code = code;
        }
    }

    /** Which server it is, and so when it is met. */
    private enum Phase {
        METADATA("", List.of("login")),
        KEYS("jwks_uri", List.of("login")),
        TOKEN_AFTER_THE_SIGN_IN("token_endpoint", List.of("login")),
        TOKEN_OF_AN_INTERACTIVE_CALL("token_endpoint", List.of("token", "--interactive")),
        DEVICE_CODE("device_authorization_endpoint", List.of("login", "--device-code")),
        POLLING("token_endpoint", List.of("login", "--device-code"));

        final String member;
        final List<String> command;

        Phase(String member, List<String> command) {
            this.member = member;
            this.command = command;
        }
    }

    static Stream<Arguments> table() {
        return Stream.of(Phase.values()).flatMap(phase -> Stream.of(Wrong.values())
                // Polls are seconds apart, so one will do: the library's own test has them all.
                .filter(wrong -> phase != Phase.POLLING || wrong == Wrong.NOBODY_LISTENS)
                .map(wrong -> Arguments.of(phase, wrong)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void fault_atAnyTime_endsWithFive(Phase phase, Wrong wrong) {
        String server = server(wrong);
        if (phase == Phase.METADATA) {
            cli.set("LATCHKEY_AUTHORITY", server + "/realm");
        } else {
            authority.faults().on(Endpoint.METADATA).answer(Fault.with(phase.member, server + "/there"));
        }
        entersTheCode();
        List<String> words = new ArrayList<>(phase.command);
        // Long enough for a poll: the local authority asks for pauses of five seconds at most.
        words.addAll(List.of("--timeout", phase == Phase.POLLING ? "8" : "3"));

        Cli.Ended ended = cli.run(words.toArray(String[]::new));

        assertThat(ended.code()).as(ended.err()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("latchkey: " + wrong.code + ": ").doesNotContain("run the command again;");
        boolean wasAsked = phase == Phase.TOKEN_AFTER_THE_SIGN_IN || phase == Phase.TOKEN_OF_AN_INTERACTIVE_CALL;
        assertThat(cli.shown()).hasSizeBetween(wasAsked ? 1 : 0, phase == Phase.KEYS ? 1 : wasAsked ? 1 : 0);
        assertThat(cli.refreshTokens()).isEmpty();
    }

    private String server(Wrong wrong) {
        return switch (wrong) {
            case NOBODY_LISTENS -> "http://127.0.0.1:" + closedPort();
            case NO_SUCH_HOST -> "https://no-such-host.invalid";
            case NOT_TRUSTED -> "https://127.0.0.1:" + untrusted.baseUri().getPort();
            case NEVER_ANSWERS -> "http://127.0.0.1:" + silent.getLocalPort();
            case PROXY_WANTS_A_PASSWORD -> {
                cli.set("HTTPS_PROXY", "http://" + proxy.address());
                yield "https://op.invalid";
            }
        };
    }

    private static int closedPort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void entersTheCode() {
        AtomicBoolean entered = new AtomicBoolean();
        cli.reader(text -> {
            Matcher told = Pattern.compile("open\\s+(http\\S+)\\s+and type the code\\s+(\\S+)\\s")
                    .matcher(text);
            if (told.find() && entered.compareAndSet(false, true)) {
                URI page = URI.create(told.group(1));
                String code = told.group(2);
                new Thread(() -> authority.person(Cli.ALICE).entersCode(page, code)).start();
            }
        });
    }
}
