package dev.latchkey.authority.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;

/** Breaks connections on purpose. */
final class Connections {
    private Connections() {}

    /** Sends a TCP reset, not an orderly end, where the transport lets us. */
    static void reset(Response response) {
        EndPoint endPoint =
                response.getRequest().getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint.getTransport() instanceof SocketChannel socket) {
            abort(socket);
        }
        endPoint.close();
    }

    private static void abort(SocketChannel socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // It is gone, which was the aim.
        }
    }
}
