package dev.latchkey.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body as UTF-8 text and gives up as soon as it is too long, before it is all in memory. */
final class BoundedBody implements HttpResponse.BodySubscriber<String> {
    private final HttpResponse.BodySubscriber<String> body =
            HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    private long room = HttpTransport.MAX_BODY_BYTES;
    private volatile Flow.@Nullable Subscription subscription;

    /** The client wraps what a body subscriber fails with. */
    static IOException unwrap(IOException e) {
        return e.getCause() instanceof HttpTransport.BodyTooLargeException tooLarge ? tooLarge : e;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body.getBody();
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
