package dev.latchkey.internal.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ClientAuthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedExecutorTest {
    private final Queue<Runnable> threads = new ConcurrentLinkedQueue<>();
    private final List<String> order = new ArrayList<>();

    @Test
    void tasks_beyondTheBound_waitInOrder() {
        BoundedExecutor executor = new BoundedExecutor(threads::add, 2, 10);
        for (String name : List.of("a", "b", "c", "d", "e")) {
            executor.execute(() -> order.add(name));
        }
        assertThat(threads).hasSize(2);

        threads.remove().run();
        threads.remove().run();

        assertThat(order).containsExactly("a", "c", "d", "e", "b");
        executor.execute(() -> order.add("f"));
        assertThat(threads).as("whoever ended makes room").hasSize(1);
    }

    @Test
    void tasks_beyondWhatMayWait_areRefused() {
        BoundedExecutor executor = new BoundedExecutor(threads::add, 1, 2);
        for (int i = 0; i < 3; i++) {
            executor.execute(() -> {});
        }

        assertThatThrownBy(() -> executor.execute(() -> {}))
                .isInstanceOf(ClientAuthException.class)
                .hasMessageStartingWith("too_many_calls");

        threads.remove().run();
        executor.execute(() -> order.add("later"));
        threads.remove().run();
        assertThat(order).containsExactly("later");
    }

    /** Otherwise results would wait behind all new calls, beyond every deadline. */
    @Test
    void handedOn_goesBeforeWhatWaits_andIsNeverRefused() {
        BoundedExecutor executor = new BoundedExecutor(threads::add, 1, 1);
        executor.execute(() -> {
            order.add("call");
            executor.execute(() -> order.add("its outcome"));
            executor.execute(() -> order.add("and another"));
        });
        executor.execute(() -> order.add("next call"));

        threads.remove().run();

        assertThat(order).containsExactly("call", "its outcome", "and another", "next call");
    }

    @Test
    void taskThatThrows_freesItsPlace() {
        BoundedExecutor executor = new BoundedExecutor(threads::add, 1, 10);
        executor.execute(() -> {
            throw new IllegalStateException("of the task");
        });
        executor.execute(() -> order.add("next"));
        Thread thread = new Thread(threads.remove());
        AtomicInteger told = new AtomicInteger();
        thread.setUncaughtExceptionHandler((unused, error) -> told.incrementAndGet());
        thread.start();
        join(thread);

        assertThat(order).containsExactly("next");
        assertThat(told).hasValue(1);
    }

    @Test
    void noThreadToBeHad_isTold_andTakesNoPlace() {
        List<Runnable> taken = new ArrayList<>();
        AtomicInteger refusals = new AtomicInteger(1);
        BoundedExecutor executor = new BoundedExecutor(
                task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("none left");
                    }
                    taken.add(task);
                },
                1,
                10);

        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        executor.execute(() -> {});

        assertThat(taken).hasSize(1);
    }

    @Test
    void defaultExecutor_ofCallsThatHang_takesAHundredThreads() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch hundred = new CountDownLatch(Threads.MOST_CALLS);
        CountDownLatch all = new CountDownLatch(3_000);
        var executor = Threads.executor();
        for (int i = 0; i < 3_000; i++) {
            executor.execute(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                hundred.countDown();
                awaitQuietly(release);
                inside.decrementAndGet();
                all.countDown();
            });
        }
        assertThat(hundred.await(30, TimeUnit.SECONDS)).isTrue();
        CountDownLatch interaction = new CountDownLatch(1);
        Threads.interactions().execute(interaction::countDown);
        assertThat(interaction.await(30, TimeUnit.SECONDS))
                .as("waits for no call")
                .isTrue();
        CountDownLatch other = new CountDownLatch(1);
        Threads.executor().execute(other::countDown);
        assertThat(other.await(30, TimeUnit.SECONDS)).as("another application").isTrue();

        release.countDown();

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(Threads.MOST_CALLS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
