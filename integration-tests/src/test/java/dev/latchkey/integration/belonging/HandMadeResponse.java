package dev.latchkey.integration.belonging;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A response that records what is written to it. */
final class HandMadeResponse extends HttpServletResponseWrapper {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ServletOutputStream body = new Body();
    private final Consumer<Runnable> later;
    private int status = 200;

    /**
     * Creates a response.
     *
     * @param later receives work to be done after the request
     */
    HandMadeResponse(Consumer<Runnable> later) {
        super(HandMadeRequest.refusing(HttpServletResponse.class));
        this.later = later;
    }

    HttpReply reply() {
        return new HttpReply(status, headers, takeText());
    }

    /** What was written since the last call. */
    String takeText() {
        synchronized (bytes) {
            String text = bytes.toString(StandardCharsets.UTF_8);
            bytes.reset();
            return text;
        }
    }

    @Override
    public void setStatus(int value) {
        status = value;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, new ArrayList<>(List.of(value)));
    }

    @Override
    public void addHeader(String name, String value) {
        headers.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.containsKey(name);
    }

    @Override
    public void setContentType(String type) {
        setHeader("Content-Type", type);
    }

    @Override
    public void setContentLength(int length) {
        setHeader("Content-Length", String.valueOf(length));
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void flushBuffer() {}

    @Override
    public ServletOutputStream getOutputStream() {
        return body;
    }

    private final class Body extends ServletOutputStream {
        @Override
        public void write(int b) {
            synchronized (bytes) {
                bytes.write(b);
            }
        }

        @Override
        public void write(byte[] some, int from, int length) {
            synchronized (bytes) {
                bytes.write(some, from, length);
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            later.accept(() -> {
                try {
                    listener.onWritePossible();
                } catch (IOException e) {
                    listener.onError(e);
                }
            });
        }
    }
}
