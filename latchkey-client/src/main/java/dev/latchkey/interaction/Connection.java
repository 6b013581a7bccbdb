package dev.latchkey.interaction;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * One connection, one request, one response. The deadline closes the socket, which ends whatever read or write hangs on
 * it.
 */
final class Connection {
    private static final int MAX_DRAINED = 256 * 1024;

    private final Socket socket;
    private final LoopbackTiming timing;
    private final Deadlines deadlines;
    private volatile boolean answering;

    Connection(Socket socket, LoopbackTiming timing, Deadlines deadlines) {
        this.socket = socket;
        this.timing = timing;
        this.deadlines = deadlines;
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
            reply = gate.handle(request);
        } catch (BadRequestException e) {
            answering = true;
            reply = Reply.plain(e.status());
        } finally {
            deadline.cancel();
        }
        write(reply, renderer);
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
