package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.ResultPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, one request, one response. At the deadline the socket is closed, which ends any blocked read or
 * write.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int FORBIDDEN = 403;
    private static final int MAX_DRAINED = 256 * 1024;

    private final Socket socket;
    private final LoopbackTiming timing;
    private final Deadlines deadlines;
    private final PeerUsers users;
    private volatile boolean answering;

    Connection(Socket socket, LoopbackTiming timing, Deadlines deadlines, PeerUsers users) {
        this.socket = socket;
        this.timing = timing;
        this.deadlines = deadlines;
        this.users = users;
    }

    /** Whether a response is being sent; otherwise, closing the connection affects nobody. */
    boolean isAnswering() {
        return answering;
    }

    void serve(AnswerGate gate, ResultRenderer renderer) {
        try (socket) {
            respond(gate, renderer);
            answering = false;
            drain();
        } catch (IOException gone) {
            // The peer disconnected or timed out: there is nothing to send, and the wait continues.
        }
    }

    private void respond(AnswerGate gate, ResultRenderer renderer) throws IOException {
        Reply reply;
        Deadlines.Deadline deadline = deadline();
        try {
            LoopbackRequest request = new RequestReader(socket.getInputStream(), socket.getOutputStream()).read();
            answering = true;
            reply = users.admit(socket) ? gate.handle(request) : refused();
        } catch (BadRequestException e) {
            answering = true;
            reply = Reply.plain(e.status());
        } finally {
            deadline.cancel();
        }
        write(reply, renderer);
    }

    private static Reply refused() {
        LOG.warn("A response for the sign-in in progress came from another user of this machine and was rejected."
                + " If the browser runs as another user, see LoopbackOptions.Builder.anyUser");
        return Reply.plain(FORBIDDEN);
    }

    private void write(Reply reply, ResultRenderer renderer) throws IOException {
        if (reply instanceof Reply.Held held) {
            ResultPage page = held.answer().page().join();
            try {
                write(renderer.render(200, page));
            } finally {
                held.answer().delivered();
            }
        } else if (reply instanceof Reply.Page page) {
            write(renderer.render(page.status(), page.page()));
        } else if (reply instanceof Reply.Immediate immediate) {
            write(immediate.response());
        }
    }

    private void write(LoopbackResponse response) throws IOException {
        Deadlines.Deadline deadline = deadline();
        try {
            response.writeTo(socket.getOutputStream());
            socket.shutdownOutput();
        } finally {
            deadline.cancel();
        }
    }

    /** Reads remaining data: closing earlier would reset the connection and lose the response. */
    private void drain() throws IOException {
        Deadlines.Deadline deadline = deadline();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            int left = MAX_DRAINED;
            for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
                left -= n;
            }
        } finally {
            deadline.cancel();
        }
    }

    private Deadlines.Deadline deadline() {
        return deadlines.after(timing.requestTimeout(), this::close);
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is closed in either case.
        }
    }
}
