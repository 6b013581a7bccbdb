package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.LoopbackOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which addresses and ports are opened, and what happens if that fails. */
@Timeout(60)
final class LoopbackSocketsTest {
    @Test
    void bind_onlyLoopbackAddressesOnOnePort() {
        List<ServerSocket> sockets = LoopbackSockets.ofThisMachine().bind(0);
        try {
            assertThat(sockets).allMatch(socket -> socket.getInetAddress().isLoopbackAddress());
            assertThat(sockets)
                    .extracting(ServerSocket::getLocalPort)
                    .containsOnly(sockets.get(0).getLocalPort());
        } finally {
            LoopbackSockets.closeAll(sockets);
        }
    }

    @Test
    void open_preferredPortTaken_takesAnotherOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                LoopbackListener listener = LoopbackListener.open(LoopbackOptions.builder()
                        .preferredPort(taken.getLocalPort())
                        .build())) {
            assertThat(listener.redirectUri().getPort()).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void open_preferredPortTakenOnIpv6Only_takesAnotherOneForBoth() throws IOException {
        assumeTrue(LoopbackSockets.hasIpv6());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("::1"));
                LoopbackListener listener = LoopbackListener.open(LoopbackOptions.builder()
                        .preferredPort(taken.getLocalPort())
                        .build())) {
            assertThat(listener.redirectUri().getPort()).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void bind_secondAddressFails_closesTheFirstBeforeTryingAgain() throws IOException {
        List<ServerSocket> opened = new ArrayList<>();
        var sockets = new LoopbackSockets(
                List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.1")), address -> {
                    if (address.getPort() != 0) {
                        throw new BindException("taken");
                    }
                    ServerSocket socket = new ServerSocket(0, 1, address.getAddress());
                    opened.add(socket);
                    return socket;
                });

        assertThatThrownBy(() -> sockets.bind(0)).isInstanceOf(BrowserAuthException.class);

        assertThat(opened).hasSize(20).allMatch(ServerSocket::isClosed);
    }

    @Test
    void open_noPortToBeHad_failsNamingTheDeviceCode() {
        var none = new LoopbackSockets(List.of(InetAddress.getLoopbackAddress()), address -> {
            throw new SocketException("not permitted");
        });

        assertThatThrownBy(() -> LoopbackListener.open(
                        LoopbackOptions.defaults(), none, LoopbackTiming.of(LoopbackOptions.defaults())))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.LOOPBACK_UNAVAILABLE))
                .hasMessageContaining("acquireTokenByDeviceCode")
                .hasCauseInstanceOf(SocketException.class);
    }

    @Test
    void accept_failingForGood_failsTheWaitInsteadOfHanging() {
        var broken = new LoopbackSockets(List.of(InetAddress.getLoopbackAddress()), BrokenSocket::new);

        try (LoopbackListener listener = LoopbackListener.open(
                LoopbackOptions.defaults(), broken, LoopbackTiming.of(LoopbackOptions.defaults()))) {
            assertThat(listener.expect("s1", ResponseMode.QUERY))
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                            .isIn(ErrorCodes.LOOPBACK_UNAVAILABLE, ErrorCodes.USER_CANCELLED));
        }
    }

    @Test
    void options_illegalValues_areRefused() {
        var options = LoopbackOptions.builder();
        assertThatThrownBy(() -> options.preferredPort(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.preferredPort(65_536)).isInstanceOf(IllegalArgumentException.class);
        for (String host : List.of("0.0.0.0", "example.com", "127.0.0.2", "")) {
            assertThatThrownBy(() -> options.host(host)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("auth", "/a?b", "/a#b", "//", "/a b", "/\u00e4", "/a\r\nX: y")) {
            assertThatThrownBy(() -> options.path(path)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> options.answerTimeout(java.time.Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redirectUri_isAsRegistered() {
        assertRedirectUri(LoopbackOptions.builder(), "http://localhost:%d");
        assertRedirectUri(LoopbackOptions.builder().path("/"), "http://localhost:%d/");
        assertRedirectUri(LoopbackOptions.builder().host("127.0.0.1").path("/a/b"), "http://127.0.0.1:%d/a/b");
    }

    private static void assertRedirectUri(LoopbackOptions.Builder options, String expected) {
        try (LoopbackListener listener = LoopbackListener.open(options.build())) {
            int port = listener.redirectUri().getPort();
            assertThat(listener.redirectUri()).hasToString(expected.formatted(port));
        }
    }

    /** A socket that accepts nothing, as if the process had run out of file descriptors. */
    private static final class BrokenSocket extends ServerSocket {
        BrokenSocket(InetSocketAddress address) throws IOException {
            super(address.getPort(), 1, address.getAddress());
        }

        @Override
        public java.net.Socket accept() throws IOException {
            throw new IOException("too many open files");
        }
    }
}
