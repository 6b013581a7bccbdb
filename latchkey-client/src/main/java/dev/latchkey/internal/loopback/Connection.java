package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.ResultPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, one request, one response. The deadline closes the socket, which ends whatever read or write hangs on
 * it.
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

    /** Whether a request is being answered; if not, closing the connection takes nothing from anyone. */
    boolean isAnswering() {
        return answering;
    }

    void serve(AnswerGate gate, ResultRenderer renderer) {
        try (socket) {
            respond(gate, renderer);
            answering = false;
            drain();
        } catch (IOException gone) {
            // The other side went away, or its time was up: nothing to answer, and the wait goes on.
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
        LOG.warn(
                "An answer for the sign-in under way came from a program of another user of this machine; it is refused."
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

    /** Takes what is still under way: closing before would reset the connection, and with it the response. */
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
            // It is gone either way.
        }
    }
}
