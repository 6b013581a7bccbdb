package dev.latchkey.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who listens costs something; who does not, or no more, nothing. */
@Timeout(60)
class EventBusTest {
    private final EventBus bus = new EventBus(InstantSource.fixed(Instant.EPOCH), Runnable::run);

    @Test
    void stream_asked_isNoListener() {
        bus.publisher();

        assertThat(bus.hasListeners()).isFalse();
    }

    @Test
    void subscription_isAListener_untilItIsCancelled() {
        Subscriber one = new Subscriber();
        Subscriber other = new Subscriber();
        bus.publisher().subscribe(one);
        bus.publisher().subscribe(other);
        publish();
        assertThat(one.events).hasSize(1);

        one.subscription.cancel();
        one.subscription.cancel();
        publish();
        assertThat(bus.hasListeners()).as("the other is there").isTrue();
        other.subscription.cancel();

        assertThat(bus.hasListeners()).isFalse();
        publish();
        assertThat(one.events).hasSize(1);
        assertThat(other.events).hasSize(2);
    }

    @Test
    void subscriber_afterAllHadLeft_isToldAgain() {
        Subscriber first = new Subscriber();
        bus.publisher().subscribe(first);
        first.subscription.cancel();

        Subscriber second = new Subscriber();
        bus.publisher().subscribe(second);
        publish();

        assertThat(second.events).hasSize(1);
    }

    @Test
    void subscriberThatThrows_isNoListenerAnyMore() {
        Subscriber failing = new Subscriber() {
            @Override
            public void onNext(EventMessage event) {
                throw new IllegalStateException("of the subscriber");
            }
        };
        bus.publisher().subscribe(failing);

        publish();

        assertThat(bus.hasListeners()).isFalse();
        assertThat(failing.errors).hasValue(1);
    }

    @Test
    void close_endsSubscriptions_nowAndLater() {
        Subscriber subscriber = new Subscriber();
        bus.publisher().subscribe(subscriber);

        bus.close();

        assertThat(subscriber.ends).hasValue(1);
        assertThat(bus.hasListeners()).isFalse();
        Subscriber late = new Subscriber();
        bus.publisher().subscribe(late);
        assertThat(late.ends).hasValue(1);
        assertThat(bus.hasListeners()).isFalse();
    }

    /** One that blocks for good must not take all memory with it. */
    @Test
    void callbackThatBlocks_keepsABoundedNumberOfEventsWaiting() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        bus.add(event -> {
            told.incrementAndGet();
            inside.countDown();
            awaitQuietly(release);
        });
        Thread blocked = new Thread(this::publish);
        blocked.start();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < EventBus.MOST_WAITING + 500; i++) {
            publish();
        }
        release.countDown();
        blocked.join();

        assertThat(told).hasValue(1 + EventBus.MOST_WAITING);
        publish();
        assertThat(told).as("there is room again").hasValue(2 + EventBus.MOST_WAITING);
    }

    private void publish() {
        bus.publish(EventType.LOGOUT_END, null, new EventPayload.None(), "");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static class Subscriber implements Flow.Subscriber<EventMessage> {
        final List<EventMessage> events = new ArrayList<>();
        final AtomicInteger errors = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(EventMessage event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable error) {
            errors.incrementAndGet();
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
        }
    }
}
