package dev.latchkey.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operating system and place, told by a table: what is run, and where nothing is. */
final class SystemBrowserTest {
    private static final String URL = "https://id.example/authorize?a=1&b=%2F%20x&c=d";
    private static final String RUNDLL = "url.dll,FileProtocolHandler";
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> SCREEN = Map.of("DISPLAY", ":0");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("Linux", SCREEN, List.of("xdg-open", URL)),
                Arguments.of("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), List.of("xdg-open", URL)),
                Arguments.of("FreeBSD", SCREEN, List.of("xdg-open", URL)),
                Arguments.of(
                        "Linux",
                        Map.of("DISPLAY", "localhost:10.0", "SSH_CONNECTION", "1.2.3.4"),
                        List.of("xdg-open", URL)),
                Arguments.of("Linux", Map.of("DISPLAY", ":0", "container", "podman"), List.of("xdg-open", URL)),
                Arguments.of("Mac OS X", NOTHING, List.of("/usr/bin/open", URL)),
                Arguments.of("Darwin", NOTHING, List.of("/usr/bin/open", URL)),
                Arguments.of(
                        "Windows 11",
                        Map.of("SystemRoot", "D:\\Win"),
                        List.of("D:\\Win\\System32\\rundll32.exe", RUNDLL, URL)),
                Arguments.of(
                        "Windows Server 2022", NOTHING, List.of("C:\\Windows\\System32\\rundll32.exe", RUNDLL, URL)),
                Arguments.of("Linux", Map.of("WSL_DISTRO_NAME", "Debian"), List.of("wslview", URL)),
                Arguments.of("Linux", Map.of("WSL_INTEROP", "/run/WSL/1"), List.of("wslview", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "firefox"), List.of("firefox", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "firefox --new-tab %s"), List.of("firefox", "--new-tab", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "open --url=%s &"), List.of("open", "--url=" + URL)),
                Arguments.of("Linux", Map.of("BROWSER", "x 100%%"), List.of("x", "100%", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "x %%s"), List.of("x", "%s", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "'/opt/my browser' -x"), List.of("/opt/my browser", "-x", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "::  :w3m"), List.of("w3m", URL)),
                Arguments.of(
                        "Windows 10",
                        Map.of("BROWSER", "\"C:\\Program Files\\b.exe\" %s"),
                        List.of("C:\\Program Files\\b.exe", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "helper", "SSH_TTY", "/dev/pts/0"), List.of("helper", URL)),
                Arguments.of("Linux", Map.of("BROWSER", "", "DISPLAY", ":0"), List.of("xdg-open", URL)),
                Arguments.of("Linux", Map.of("DISPLAY", ":0", "CODESPACES", "false"), List.of("xdg-open", URL)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void open_firstCommandStarts_isTheOneOfThePlaceWithTheAddressAsOneArgument(
            String os, Map<String, String> environment, List<String> expected) {
        FakeHost host = new FakeHost(os, environment);

        SystemBrowser.on(host).open(URI.create(URL));

        assertThat(host.started).containsExactly(expected);
    }

    static Stream<Arguments> fallbacks() {
        return Stream.of(
                Arguments.of(
                        "Linux",
                        SCREEN,
                        List.of(
                                "xdg-open",
                                "gio",
                                "kde-open",
                                "gnome-open",
                                "x-www-browser",
                                "firefox",
                                "google-chrome",
                                "chromium")),
                Arguments.of("Mac OS X", NOTHING, List.of("/usr/bin/open")),
                Arguments.of("Windows 11", NOTHING, List.of("C:\\Windows\\System32\\rundll32.exe")),
                Arguments.of(
                        "Linux",
                        Map.of("WSL_DISTRO_NAME", "Debian"),
                        List.of("wslview", "rundll32.exe", "/mnt/c/Windows/System32/rundll32.exe")),
                Arguments.of("Linux", Map.of("BROWSER", "one:two"), List.of("one", "two")),
                Arguments.of("Mac OS X", Map.of("BROWSER", "one"), List.of("one", "/usr/bin/open")),
                Arguments.of(
                        "Windows 11",
                        Map.of("BROWSER", "one;two"),
                        List.of("one", "two", "C:\\Windows\\System32\\rundll32.exe")));
    }

    @ParameterizedTest
    @MethodSource("fallbacks")
    void open_commandsFail_triesTheNextAndThenGivesUp(
            String os, Map<String, String> environment, List<String> expected) {
        FakeHost host = new FakeHost(os, environment);
        host.working = "none of them";

        assertNoBrowser(host, "");

        assertThat(host.started).extracting(command -> command.get(0)).containsExactlyElementsOf(expected);
        assertThat(host.started)
                .allMatch(command -> command.get(command.size() - 1).equals(URL));
    }

    @Test
    void open_laterCommandWorks_stopsThere() {
        FakeHost host = new FakeHost("Linux", SCREEN);
        host.working = "gnome-open";

        SystemBrowser.on(host).open(URI.create(URL));

        assertThat(host.started).hasSize(4).last().isEqualTo(List.of("gnome-open", URL));
    }

    @Test
    void open_wslWithoutItsVariables_isKnownByTheKernel() {
        FakeHost host = new FakeHost("Linux", NOTHING);
        host.files = Map.of("/proc/version", "Linux version 5.15.90.1-microsoft-standard-WSL2");

        SystemBrowser.on(host).open(URI.create(URL));

        assertThat(host.started).containsExactly(List.of("wslview", URL));
    }

    @Test
    void open_wslWithItsOwnScreen_canFallBackToTheDesktop() {
        FakeHost host = new FakeHost("Linux", Map.of("WSL_DISTRO_NAME", "Debian", "DISPLAY", ":0"));
        host.working = "xdg-open";

        SystemBrowser.on(host).open(URI.create(URL));

        assertThat(host.started).hasSize(4);
    }

    static Stream<Arguments> nowhere() {
        return Stream.of(
                Arguments.of("Linux", NOTHING, "there is no display"),
                Arguments.of("Linux", Map.of("DISPLAY", ""), "there is no display"),
                Arguments.of("Linux", Map.of("SSH_CONNECTION", "1.2.3.4"), "ssh session"),
                Arguments.of("Linux", Map.of("SSH_TTY", "/dev/pts/0"), "ssh session"),
                Arguments.of("Mac OS X", Map.of("SSH_CLIENT", "1.2.3.4"), "ssh session"),
                Arguments.of("Windows 11", Map.of("SSH_CONNECTION", "1.2.3.4"), "ssh session"),
                Arguments.of("Linux", Map.of("WSL_DISTRO_NAME", "D", "SSH_TTY", "/dev/pts/0"), "ssh session"),
                Arguments.of("Linux", Map.of("container", "podman"), "container"),
                Arguments.of("Linux", Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), "container"),
                Arguments.of("Linux", Map.of("BROWSER", "none", "DISPLAY", ":0"), "BROWSER=none"));
    }

    @ParameterizedTest
    @MethodSource("nowhere")
    void open_nobodyWouldSeeIt_runsNothingAndSaysWhy(String os, Map<String, String> environment, String reason) {
        FakeHost host = new FakeHost(os, environment);

        assertNoBrowser(host, reason);

        assertThat(host.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.dockerenv", "/run/.containerenv"})
    void open_containerKnownByAFile_saysSo(String file) {
        FakeHost host = new FakeHost("Linux", NOTHING);
        host.files = Map.of(file, "");

        assertNoBrowser(host, "container");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "javascript:alert(1)",
                "ftp://a/b",
                "mailto:a@b.c",
                "https:relative",
                "/x",
                "calc.exe"
            })
    void open_notAWebPage_runsNothing(String uri) {
        FakeHost host = new FakeHost("Linux", SCREEN);

        assertThatThrownBy(() -> SystemBrowser.on(host).open(URI.create(uri)))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.POPUP_WINDOW_ERROR));
        assertThat(host.started).isEmpty();
    }

    @Test
    void open_addressBeyondAscii_isEncoded() {
        FakeHost host = new FakeHost("Linux", SCREEN);

        SystemBrowser.on(host).open(URI.create("https://id.example/?login_hint=\u00e4\u2019"));

        assertThat(host.started).containsExactly(List.of("xdg-open", "https://id.example/?login_hint=%C3%A4%E2%80%99"));
    }

    static Stream<Map.Entry<String, Map<String, String>>> places() {
        return Stream.of(
                Map.entry("Linux", SCREEN),
                Map.entry("Linux", Map.of("WSL_DISTRO_NAME", "Debian")),
                Map.entry("Linux", Map.of("WSL_DISTRO_NAME", "Debian", "DISPLAY", ":0")),
                Map.entry("Linux", Map.of("BROWSER", "sh-script --url='%s'")),
                Map.entry("Mac OS X", NOTHING),
                Map.entry("Windows 11", NOTHING),
                Map.entry("Windows 11", Map.of("BROWSER", "b.cmd %s")));
    }

    /** Every command fails, so that each of the place is tried. */
    @ParameterizedTest
    @MethodSource("places")
    void open_endpointThatSpeaksToAShell_isEncodedForEveryCommand(Map.Entry<String, Map<String, String>> place) {
        URI hostile = URI.create("https://id.example/a';calc;'$(id)!*|x".replace("|", "%7C")
                + "/\u2018\u202e\uff07?q=$env:x;(y)'&r=%22%20%60&PATH=%AB#f'(g)");
        FakeHost host = new FakeHost(place.getKey(), place.getValue());
        host.working = "none";

        assertThatThrownBy(() -> SystemBrowser.on(host).open(hostile))
                .isInstanceOf(BrowserAuthException.class)
                .message()
                .doesNotContain("calc;", "$(id)");

        assertThat(host.started).isNotEmpty().allSatisfy(command -> assertThat(command.get(command.size() - 1))
                .contains("https://id.example/a%27%3Bcalc%3B%27%24%28id%29%21%2A%7Cx/%E2%80%98%E2%80%AE%EF%BC%87"
                        + "?q=%24env:x%3B%28y%29%27&r=%22%20%60&PATH=%AB#f%27%28g%29")
                .doesNotContainPattern("['\"`;$()|^<>!*\\\\{} ]"));
    }

    static Stream<Map<String, String>> workspaces() {
        return Stream.of(
                Map.of("CODESPACES", "true", "BROWSER", "helper"),
                Map.of("CLOUD_SHELL", "true", "DISPLAY", ":0"),
                Map.of("GITPOD_WORKSPACE_ID", "x", "BROWSER", "none"),
                Map.of("ACC_CLOUD", "x"));
    }

    /** An address would not help there: the answer to it could not come back. */
    @ParameterizedTest
    @MethodSource("workspaces")
    void open_whereNoAnswerComesBack_runsNothingAndShowsNothing(Map<String, String> environment) {
        FakeHost host = new FakeHost("Linux", environment);
        UserAgent agent = SystemBrowser.on(host).orElse(page -> {
            throw new AssertionError("shown to nobody's use");
        });

        assertThatThrownBy(() -> agent.open(URI.create(URL)))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.LOOPBACK_UNREACHABLE))
                .hasMessageContaining("cloud workspace")
                .hasMessageContaining("acquireTokenByDeviceCode")
                .hasMessageNotContaining(URL);
        assertThat(host.started).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("nowhere")
    void orElse_whereThereIsNoBrowser_showsTheAddress(String os, Map<String, String> environment, String reason) {
        List<URI> shown = new ArrayList<>();

        SystemBrowser.on(new FakeHost(os, environment)).orElse(shown::add).open(URI.create(URL));

        assertThat(shown).containsExactly(URI.create(URL));
    }

    @Test
    void orElse_launchersFail_showsTheAddress_andOtherwiseNot() {
        List<URI> shown = new ArrayList<>();
        FakeHost host = new FakeHost("Linux", SCREEN);
        UserAgent agent = SystemBrowser.on(host).orElse(shown::add);

        agent.open(URI.create(URL));
        assertThat(shown).isEmpty();
        host.working = "none of them";
        agent.open(URI.create(URL));
        assertThat(shown).hasSize(1);
        assertThatThrownBy(() -> agent.open(URI.create("file:///etc/passwd"))).isInstanceOf(BrowserAuthException.class);
        assertThat(shown).hasSize(1);
    }

    /** The call ends with this failure, and its listener with it: the address would lead nowhere. */
    private static void assertNoBrowser(FakeHost host, String reason) {
        assertThatThrownBy(() -> SystemBrowser.on(host).open(URI.create(URL)))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_BROWSER))
                .hasMessageContaining(reason)
                .hasMessageContaining("acquireTokenByDeviceCode")
                .hasMessageContaining("UserAgent.orElse")
                .hasMessageNotContaining("id.example");
    }
}
