package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.LocalAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy the command asks for an authority on the network, and what it says when that will not. */
@Timeout(120)
final class ProxyOptionsTest {
    @TempDir
    private Path folder;

    private RecordingProxy proxy;
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        proxy = new RecordingProxy(403);
        cli = new Cli(folder.resolve("cache"));
        cli.set("LATCHKEY_AUTHORITY", "https://id.invalid/realm");
        cli.set("LATCHKEY_CLIENT_ID", "app");
        cli.set("LATCHKEY_SCOPE", "User.Read");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** Variables, options, and whether the proxy is asked. PROXY stands for its address. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS_PROXY=http://PROXY | | true",
                "https_proxy=PROXY | | true",
                "ALL_PROXY=PROXY | | true",
                "HTTP_PROXY=PROXY | | false",
                "HTTPS_PROXY=PROXY NO_PROXY=.invalid | | false",
                "HTTPS_PROXY=PROXY no_proxy=other.invalid | | true",
                "HTTPS_PROXY=PROXY | --no-proxy | false",
                "X=y | --proxy http://PROXY | true",
                "HTTPS_PROXY=socks5://h | --proxy PROXY | true",
                "NO_PROXY=id.invalid | --proxy PROXY | false",
            })
    void login_asksTheProxyThatIsSet(String variables, String options, boolean asked) {
        for (String variable : variables.split(" ")) {
            int equals = variable.indexOf('=');
            cli.set(
                    variable.substring(0, equals),
                    variable.substring(equals + 1).replace("PROXY", proxy.address()));
        }
        String words = "login" + (options == null ? "" : " " + options.replace("PROXY", proxy.address()));

        Cli.Ended ended = cli.run(words.split(" "));

        assertThat(ended.code()).isEqualTo(5);
        assertThat(proxy.lines.stream().filter("CONNECT id.invalid:443 HTTP/1.1"::equals))
                .hasSize(asked ? 1 : 0);
        assertThat(ended.err())
                .contains(
                        asked
                                ? "proxy_error: the proxy " + proxy.address() + " refuses to connect"
                                : "no_network_connectivity: no connection to the authority");
        if (asked) {
            assertThat(ended.err()).contains("correct HTTPS_PROXY and NO_PROXY");
        }
    }

    @Test
    void login_addressOfAProxyThatCannotBe_endsWithTwoAndDoesNotRepeatIt() {
        Cli.Ended ended = cli.run("login", "--proxy", "socks5://jo:hidden@h");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--proxy", "SOCKS").doesNotContain("hidden");
        assertThat(cli.run("login", "--proxy", "h", "--no-proxy").code()).isEqualTo(2);
    }

    @Test
    void variableThatCannotBe_isToldWhenSomethingIsSent_andNotBefore() {
        cli.set("HTTPS_PROXY", "socks5://jo:hidden@h");

        assertThat(cli.run("accounts").code()).isZero();
        Cli.Ended ended = cli.run("login", "--verbose");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err())
                .contains("proxy_error: HTTPS_PROXY is not the address of a proxy", "--no-proxy")
                .doesNotContain("hidden");
    }

    @Test
    void localAuthority_isReachedDirectly() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            Cli local = new Cli(folder.resolve("local"), authority);
            local.set("ALL_PROXY", "http://" + proxy.address());

            local.succeed("login", "--proxy", proxy.address());
            local.succeed("token", "--force-refresh");
        }
        assertThat(proxy.lines).isEmpty();
    }

    /** In a process of its own, as the JDK wants it. */
    @Test
    void credentials_ofTheEnvironment_reachTheProxy() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "login",
                "--no-cache",
                "--authority",
                "https://id.invalid/realm",
                "--client-id",
                "app");
        command.environment().put("HTTPS_PROXY", "http://jo:hi%3Adden@" + proxy.address());
        Process started = command.redirectErrorStream(true).start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(started.waitFor()).as(said).isEqualTo(5);
        assertThat(proxy.lines).contains("Proxy-Authorization: Basic am86aGk6ZGRlbg==");
        assertThat(said).contains("proxy_error").doesNotContain("dden", "jo:");
    }
}
