package dev.latchkey.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a call as it arrives, so that a slow sender holds no thread; once it is complete, the container
 * serves the request again. Where the container or a filter allows no asynchronous requests, {@link Exchange#body}
 * reads it instead.
 */
final class BodyReader implements ReadListener, AsyncListener {
    static final int MOST_BYTES = 64 * 1024;
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String ATTRIBUTE = BodyReader.class.getName();
    private static final int CHUNK = 4 * 1024;

    private final HttpServletRequest request;
    private final AsyncContext context;
    private final ServletInputStream in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean over = new AtomicBoolean();
    private int length;

    private BodyReader(HttpServletRequest request, AsyncContext context) throws IOException {
        this.request = request;
        this.context = context;
        this.in = request.getInputStream();
    }

    /** Whether there is a body that must be read first. */
    static boolean isDue(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && request.getContentLengthLong() != 0
                && request.isAsyncSupported()
                && request.getAttribute(ATTRIBUTE) == null;
    }

    /** Starts reading; the request is served again when the body is complete. */
    static void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(LONGEST.toMillis());
        BodyReader reader = new BodyReader(request, context);
        context.addListener(reader);
        reader.in.setReadListener(reader);
    }

    /**
     * The body that was read; null if none was.
     *
     * @throws Refusal if reading failed
     */
    static byte @Nullable [] bodyOf(HttpServletRequest request) {
        Object read = request.getAttribute(ATTRIBUTE);
        if (read instanceof Refusal refusal) {
            throw refusal;
        }
        return (byte[]) read;
    }

    static Refusal tooLarge() {
        return new Refusal(413, "request_too_large", "the body is larger than " + MOST_BYTES + " bytes");
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!over.get() && in.isReady()) {
            int read = in.read(chunk);
            if (read < 0) {
                return;
            }
            length += read;
            if (length <= MOST_BYTES) {
                body.write(chunk, 0, read);
            } else if (length > 2 * MOST_BYTES) {
                // Reading continues up to this point, because a sender sees no response before it has sent its body.
                end(tooLarge());
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end(length > MOST_BYTES ? tooLarge() : body.toByteArray());
    }

    @Override
    public void onError(Throwable failure) {
        end(new Refusal(400, "invalid_request", "the body is incomplete or cannot be read"));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(new Refusal(408, "request_timed_out", "the body took longer than " + LONGEST.toSeconds() + " s"));
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void end(Object read) {
        if (over.compareAndSet(false, true)) {
            request.setAttribute(ATTRIBUTE, read);
            context.dispatch();
        }
    }
}
