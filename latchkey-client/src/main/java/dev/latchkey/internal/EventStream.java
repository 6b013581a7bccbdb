package dev.latchkey.internal;

import dev.latchkey.EventMessage;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The events as a stream. The bus knows it only while somebody is subscribed: nobody who is not there costs a call anything. */
final class EventStream implements Flow.Publisher<EventMessage> {
    private final EventBus bus;
    private final SubmissionPublisher<EventMessage> stream;
    private int subscribers;
    private String callback = "";

    EventStream(EventBus bus, Executor executor, int buffer) {
        this.bus = bus;
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

    void close() {
        stream.close();
    }

    private synchronized void joined() {
        if (subscribers++ == 0) {
            callback = bus.add(this::offer);
        }
    }

    private synchronized void left() {
        if (--subscribers == 0) {
            bus.remove(callback);
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
