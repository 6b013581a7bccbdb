package dev.latchkey.http;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as UTF-8 text and gives up as soon as it is too long, before it is all in memory. Some proxies and
 * servers compress although nobody asked for it (RFC 9110 section 8.4): gzip is undone, within the same limit.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<String> {
    private static final int MAX_CAUSES = 10;
    private static final int LONGEST_SHOWN = 40;

    private final HttpResponse.BodySubscriber<byte[]> body = HttpResponse.BodySubscribers.ofByteArray();
    private final String encoding;
    private long room = HttpTransport.MAX_BODY_BYTES;
    private volatile Flow.@Nullable Subscription subscription;

    /** For the answer that starts like this. */
    BoundedBody(HttpResponse.ResponseInfo start) {
        this.encoding = LowerCase.of(
                start.headers().firstValue("Content-Encoding").orElse("").strip());
    }

    /** The client wraps what a body subscriber fails with, more than once. */
    static IOException unwrap(IOException e) {
        Throwable cause = e.getCause();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof HttpTransport.BodyTooLargeException || cause instanceof EncodedException) {
                return (IOException) cause;
            }
            cause = cause.getCause();
        }
        return e;
    }

    /** The body is encoded in a way that cannot be undone. */
    private static final class EncodedException extends IOException {
        private static final long serialVersionUID = 1L;

        EncodedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Override
    public CompletionStage<String> getBody() {
        return body.getBody().thenApply(bytes -> {
            try {
                return new String(decoded(bytes), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private byte[] decoded(byte[] bytes) throws IOException {
        if (bytes.length == 0 || encoding.isEmpty() || encoding.equals("identity")) {
            return bytes;
        }
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
            throw new EncodedException(
                    "the answer is encoded as '" + PrintableText.of(encoding, LONGEST_SHOWN)
                            + "', which was not asked for",
                    null);
        }
        byte[] unzipped;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            unzipped = in.readNBytes(HttpTransport.MAX_BODY_BYTES + 1);
        } catch (IOException e) {
            throw new EncodedException("the answer says that it is gzip, which it is not", e);
        }
        if (unzipped.length > HttpTransport.MAX_BODY_BYTES) {
            throw new HttpTransport.BodyTooLargeException();
        }
        return unzipped;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        body.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        room -= parts.stream().mapToLong(ByteBuffer::remaining).sum();
        if (room < 0) {
            giveUp(new HttpTransport.BodyTooLargeException());
        } else {
            body.onNext(parts);
        }
    }

    @Override
    public void onError(Throwable error) {
        body.onError(error);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }

    private void giveUp(IOException why) {
        // The reason first: cancelling can make the client report one of its own.
        body.onError(why);
        Flow.Subscription running = subscription;
        if (running != null) {
            running.cancel();
        }
    }
}
