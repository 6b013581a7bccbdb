package dev.latchkey.internal.loopback;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.interaction.LoopbackOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits on the loopback addresses for one response of the authority (RFC 8252 section 7.3): open, send the user to the
 * authority with {@link #redirectUri()}, {@link #expect} the response, {@link LoopbackAnswer#finish} it, close.
 *
 * <p>Requests that are not the response never end the wait, and slow or broken ones do not delay it. The state is
 * compared once, in constant time, before any other part of a response is read. Where the kernel reveals the user of the
 * other program (Linux), only the user of this process and root are admitted. Thread-safe; uses its own daemon threads.
 */
public final class LoopbackListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoopbackListener.class);
    private static final int MAX_ACCEPT_FAILURES = 100;
    private static final int MAX_JOIN_MILLIS = 1_000;

    private final List<ServerSocket> sockets;
    private final LoopbackTiming timing;
    private final Deadlines deadlines;
    private final AnswerGate gate;
    private final PeerUsers users;
    private final ResultRenderer renderer;
    private final Connections connections = new Connections();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final URI redirectUri;
    private final List<Thread> acceptors;

    private LoopbackListener(List<ServerSocket> sockets, LoopbackOptions options, LoopbackTiming timing) {
        int port = sockets.get(0).getLocalPort();
        this.sockets = sockets;
        this.timing = timing;
        this.deadlines = timing.deadlines().get();
        this.gate = new AnswerGate(port, options.path(), timing, deadlines);
        this.users = options.anyUser() ? PeerUsers.anybody() : PeerUsers.sameUser();
        this.renderer = new ResultRenderer(options.pages());
        this.redirectUri = URI.create("http://" + options.host() + ":" + port + options.path());
        this.acceptors = sockets.stream()
                .map(socket -> LoopbackThreads.newThread(() -> accept(socket)))
                .toList();
    }

    /**
     * Starts listening on 127.0.0.1 and, if IPv6 is available, on ::1.
     *
     * @throws BrowserAuthException with the code {@code loopback_unavailable} if no port can be opened
     */
    public static LoopbackListener open(LoopbackOptions options) {
        return open(options, LoopbackSockets.ofThisMachine(), LoopbackTiming.of(options));
    }

    static LoopbackListener open(LoopbackOptions options, LoopbackSockets sockets, LoopbackTiming timing) {
        LoopbackListener listener = new LoopbackListener(sockets.bind(options.preferredPort()), options, timing);
        listener.acceptors.forEach(Thread::start);
        return listener;
    }

    /** The redirect URI for the authorization request. */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Waits for the response with this state. Call it once, before sending the user off. Cancelling the future closes
     * the listener.
     *
     * @param state the {@code state} of the authorization request, one-time and unguessable
     * @param mode {@code QUERY} or {@code FORM_POST}, as in the authorization request
     * @return completes on a thread of the listener: with the response, whether a code or an error of the authority;
     *     with {@code loopback_server_query_response_not_supported} if it came in the query although form_post was
     *     requested; with {@code user_cancelled} if the listener is closed first
     */
    public CompletableFuture<LoopbackAnswer> expect(String state, ResponseMode mode) {
        CompletableFuture<LoopbackAnswer> future = gate.expect(state, mode);
        var unused = future.whenComplete((answer, error) -> {
            if (future.isCancelled()) {
                close();
            }
        });
        return future;
    }

    /**
     * Stops waiting and frees the port at once. Only a browser that was promised a page still gets it: over its open
     * connection or, if it has not fetched the result of a query response yet, through a port that stays open for up to
     * 3 seconds.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        LoopbackAnswer awaited = gate.close();
        if (awaited == null) {
            shutdown();
        } else {
            awaited.whenDelivered(this::shutdown);
        }
    }

    private void shutdown() {
        LoopbackSockets.closeAll(sockets);
        acceptors.forEach(LoopbackListener::awaitEnd);
        connections.closeIdle();
    }

    /** The kernel keeps a port until the accepting thread has noticed that the socket is closed. */
    private static void awaitEnd(Thread acceptor) {
        try {
            if (acceptor != Thread.currentThread()) {
                acceptor.join(MAX_JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket server) {
        for (int failures = 0; !server.isClosed(); ) {
            try {
                admit(server.accept());
                failures = 0;
            } catch (IOException e) {
                if (++failures > MAX_ACCEPT_FAILURES && !server.isClosed()) {
                    giveUp(e);
                }
            }
        }
    }

    private void giveUp(IOException cause) {
        log.debug("The loopback listener can no longer accept connections", cause);
        gate.fail(new BrowserAuthException(ErrorDetails.of(
                        ErrorCodes.LOOPBACK_UNAVAILABLE, "the loopback listener can no longer accept connections")
                .cause(cause)));
        close();
    }

    private void admit(Socket socket) {
        Connection connection = new Connection(socket, timing, deadlines, users);
        if (!connections.admit(connection)) {
            connection.close();
            return;
        }
        LoopbackThreads.start(() -> {
            try {
                connection.serve(gate, renderer);
            } finally {
                connections.remove(connection);
            }
        });
    }
}
