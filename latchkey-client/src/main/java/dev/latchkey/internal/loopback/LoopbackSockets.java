package dev.latchkey.internal.loopback;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds the same port on both loopback addresses. If another program had {@code ::1}, a browser that resolves {@code
 * localhost} to it would send the response there.
 */
final class LoopbackSockets {
    private static final int ATTEMPTS = 20;
    private static final int BACKLOG = 50;

    /** Opens a bound socket; tests substitute a failing one. */
    @FunctionalInterface
    interface Opener {
        ServerSocket open(InetSocketAddress address) throws IOException;
    }

    private final List<InetAddress> addresses;
    private final Opener opener;

    LoopbackSockets(List<InetAddress> addresses, Opener opener) {
        this.addresses = addresses;
        this.opener = opener;
    }

    static LoopbackSockets ofThisMachine() {
        return new LoopbackSockets(loopbackAddresses(), LoopbackSockets::bound);
    }

    /**
     * Binds the preferred port, otherwise any.
     *
     * @return one socket per address, all on one port
     */
    List<ServerSocket> bind(int preferredPort) {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return bindAll(attempt == 0 ? preferredPort : 0);
            } catch (IOException e) {
                last = e;
            }
        }
        throw unavailable(last);
    }

    private List<ServerSocket> bindAll(int wanted) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        int port = wanted;
        try {
            for (InetAddress address : addresses) {
                ServerSocket socket = opener.open(new InetSocketAddress(address, port));
                sockets.add(socket);
                port = socket.getLocalPort();
            }
            return sockets;
        } catch (IOException e) {
            closeAll(sockets);
            throw e;
        }
    }

    static void closeAll(List<ServerSocket> sockets) {
        for (ServerSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // The port is free in either case.
            }
        }
    }

    static boolean hasIpv6() {
        return loopbackAddresses().size() == 2;
    }

    /** 127.0.0.1, and ::1 if the machine and the JVM support it. */
    private static List<InetAddress> loopbackAddresses() {
        try {
            InetAddress ipv4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            InetAddress ipv6 = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
            return canBind(ipv6) ? List.of(ipv4, ipv6) : List.of(ipv4);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("both addresses have a valid length", e);
        }
    }

    private static boolean canBind(InetAddress address) {
        try (ServerSocket probe = bound(new InetSocketAddress(address, 0))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        return new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
    }

    private static BrowserAuthException unavailable(@Nullable IOException cause) {
        return new BrowserAuthException(ErrorDetails.of(
                        ErrorCodes.LOOPBACK_UNAVAILABLE,
                        "no port could be opened on the loopback addresses, so no response can be received; "
                                + "sign in with a device code instead (acquireTokenByDeviceCode)")
                .cause(cause));
    }
}
