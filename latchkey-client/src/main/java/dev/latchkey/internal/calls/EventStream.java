package dev.latchkey.internal.calls;

import dev.latchkey.EventMessage;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events as a stream. It listens only while somebody is subscribed: nobody who is not there costs a call anything.
 */
public final class EventStream implements Flow.Publisher<EventMessage> {
    private final Function<Consumer<EventMessage>, Runnable> source;
    private final SubmissionPublisher<EventMessage> stream;
    private int subscribers;
    private Runnable end = () -> {};

    /**
     * A stream that nobody subscribed to.
     *
     * @param source begins to tell of events, and gives what ends that
     */
    public EventStream(Function<Consumer<EventMessage>, Runnable> source, Executor executor, int buffer) {
        this.source = source;
        this.stream = new SubmissionPublisher<>(executor, buffer);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super EventMessage> subscriber) {
        Place place = new Place(Objects.requireNonNull(subscriber, "subscriber"));
        joined();
        try {
            stream.subscribe(place);
        } catch (RuntimeException e) {
            place.leave();
            throw e;
        }
    }

    /** Ends all subscriptions, those to come too. */
    public void close() {
        stream.close();
    }

    private synchronized void joined() {
        if (subscribers++ == 0) {
            end = source.apply(this::offer);
        }
    }

    private synchronized void left() {
        if (--subscribers == 0) {
            end.run();
        }
    }

    private void offer(EventMessage event) {
        if (!stream.isClosed()) {
            stream.offer(event, (subscriber, dropped) -> false);
        }
    }

    /** Passes on, and knows when its subscriber is gone. */
    private final class Place implements Flow.Subscriber<EventMessage>, Flow.Subscription {
        private final Flow.Subscriber<? super EventMessage> subscriber;
        private final AtomicBoolean gone = new AtomicBoolean();
        private Flow.@Nullable Subscription subscription;

        Place(Flow.Subscriber<? super EventMessage> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscriber.onSubscribe(this);
        }

        @Override
        public void onNext(EventMessage event) {
            subscriber.onNext(event);
        }

        @Override
        public void onError(Throwable error) {
            leave();
            subscriber.onError(error);
        }

        @Override
        public void onComplete() {
            leave();
            subscriber.onComplete();
        }

        @Override
        public void request(long count) {
            Objects.requireNonNull(subscription).request(count);
        }

        @Override
        public void cancel() {
            leave();
            Objects.requireNonNull(subscription).cancel();
        }

        void leave() {
            if (gone.compareAndSet(false, true)) {
                left();
            }
        }
    }
}
