package dev.latchkey.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A minimal container for a stream of events; the test decides what the browser accepts. */
final class PlayedStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int flushed;

    /** Work that was started and has not run yet. */
    final Deque<Runnable> begun = new ArrayDeque<>();

    AsyncListener listener;
    WriteListener writer;
    long timeout;
    int completed;
    boolean isReady = true;
    boolean isBroken;

    final AsyncContext context = Call.made(AsyncContext.class, (name, arguments) -> {
        switch (name) {
            case "setTimeout" -> timeout = (Long) arguments[0];
            case "addListener" -> listener = (AsyncListener) arguments[0];
            case "start" -> begun.add((Runnable) arguments[0]);
            case "complete" -> completed++;
            case "getRequest" -> {
                return null;
            }
            case "getResponse" -> {
                return response();
            }
            default -> throw new UnsupportedOperationException(name);
        }
        return null;
    });

    private ServletResponse response() {
        return Call.made(ServletResponse.class, (name, arguments) -> new Out());
    }

    /** Runs what was started. */
    PlayedStream run() {
        while (!begun.isEmpty()) {
            begun.remove().run();
        }
        return this;
    }

    /** Reports that the browser accepts data again. */
    void ready() throws IOException {
        isReady = true;
        writer.onWritePossible();
    }

    /** What the browser received since the last call. */
    String got() {
        byte[] sent = written.toByteArray();
        String text = new String(sent, 0, flushed, StandardCharsets.UTF_8);
        written.reset();
        written.write(sent, flushed, sent.length - flushed);
        flushed = 0;
        return text;
    }

    private final class Out extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return isReady;
        }

        @Override
        public void setWriteListener(WriteListener given) {
            writer = given;
        }

        @Override
        public void write(int b) throws IOException {
            if (isBroken) {
                throw new IOException("the browser is gone");
            }
            written.write(b);
        }

        @Override
        public void flush() {
            flushed = written.size();
        }
    }
}
