package dev.latchkey.web;

import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a session for one page. Nothing waits for a browser that does not read: only the newest unsent event is
 * kept, and the stream ends at the second heartbeat if the first is still unsent.
 */
final class SessionEvents implements AsyncListener, WriteListener {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final LatchkeyWeb web;
    private final SessionId id;
    private final String session;
    private final Consumer<SessionEvents> onEnd;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile @Nullable AsyncContext context;

    // Pending output; guarded by this.
    private @Nullable ServletOutputStream out;
    private byte @Nullable [] event;
    private boolean isBeatDue;
    private boolean isUnflushed;

    SessionEvents(LatchkeyWeb web, SessionId id, Consumer<SessionEvents> onEnd) {
        this.web = web;
        this.id = id;
        this.session = id.digest();
        this.onEnd = onEnd;
    }

    /** The digest of the session's id. */
    String session() {
        return session;
    }

    void begin(AsyncContext begun) throws IOException {
        context = begun;
        begun.addListener(this);
        begun.getResponse().getOutputStream().setWriteListener(this);
        changed();
    }

    /** Called by the store; this method must not call the store. */
    void changed() {
        AsyncContext begun = context;
        if (begun != null && !over.get() && due.compareAndSet(false, true)) {
            begun.start(this::tell);
        }
    }

    private void tell() {
        if (over.get() || !due.getAndSet(false)) {
            return;
        }
        try {
            SessionData data = web.sessions().read(id);
            WebSession known = WebSession.of(web.application(), data == null ? SessionData.EMPTY : data);
            String text = "event: session\ndata: " + Json.write(SessionEndpoints.json(web, known)) + "\n\n";
            synchronized (this) {
                event = text.getBytes(StandardCharsets.UTF_8);
            }
            write();
            if (data == null || data.isEmpty()) {
                end();
            }
        } catch (RuntimeException e) {
            end();
        }
    }

    /** Keeps proxies from closing the stream, and detects whether the browser is still there. */
    void beat() {
        boolean isStuck;
        synchronized (this) {
            isStuck = isBeatDue;
            isBeatDue = true;
        }
        if (isStuck) {
            end();
        } else {
            write();
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        AsyncContext begun = context;
        if (begun != null) {
            synchronized (this) {
                out = begun.getResponse().getOutputStream();
            }
            write();
        }
    }

    private void write() {
        try {
            writeWhatFits();
        } catch (IOException | RuntimeException e) {
            end();
        }
    }

    /** Writes only what the container accepts without blocking (Servlet 6.0, section 3.7). */
    private synchronized void writeWhatFits() throws IOException {
        while (out != null && !over.get() && out.isReady()) {
            if (isUnflushed) {
                isUnflushed = false;
                out.flush();
            } else if (event != null) {
                isUnflushed = true;
                out.write(event);
                event = null;
            } else if (isBeatDue) {
                isUnflushed = true;
                out.write(COMMENT);
                isBeatDue = false;
            } else {
                return;
            }
        }
    }

    void end() {
        AsyncContext begun = context;
        if (forget() && begun != null) {
            begun.complete();
        }
    }

    private boolean forget() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            onEnd.accept(this);
        }
        return first;
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        forget();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
