package dev.latchkey.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as UTF-8 text and gives up as soon as it is too long, before it is all in memory, or takes too long: the
 * client's own timeout ends with the headers, and a server that stalls after them would hold the thread for ever.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<String> {
    private final HttpResponse.BodySubscriber<String> body =
            HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    private final Future<?> alarm;
    private long room = HttpTransport.MAX_BODY_BYTES;
    private volatile Flow.@Nullable Subscription subscription;

    private BoundedBody(Duration left) {
        this.alarm = Holder.CLOCK.schedule(
                () -> giveUp(new HttpTimeoutException("the body did not arrive in time")),
                left.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** One daemon thread for all transports, which ends when it is idle. */
    private static final class Holder {
        private static final ScheduledThreadPoolExecutor CLOCK = clock();

        private static ScheduledThreadPoolExecutor clock() {
            ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "latchkey-http-deadlines");
                thread.setDaemon(true);
                return thread;
            });
            clock.setRemoveOnCancelPolicy(true);
            clock.setKeepAliveTime(10, TimeUnit.SECONDS);
            clock.allowCoreThreadTimeOut(true);
            return clock;
        }
    }

    /** Reads a body that has to be there within this time from now on. */
    static HttpResponse.BodyHandler<String> within(Duration timeout) {
        long start = System.nanoTime();
        return info -> new BoundedBody(timeout.minusNanos(System.nanoTime() - start));
    }

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
        alarm.cancel(false);
        body.onError(error);
    }

    @Override
    public void onComplete() {
        alarm.cancel(false);
        body.onComplete();
    }

    private void giveUp(IOException why) {
        alarm.cancel(false);
        // The reason first: cancelling can make the client report one of its own.
        body.onError(why);
        Flow.Subscription running = subscription;
        if (running != null) {
            running.cancel();
        }
    }
}
