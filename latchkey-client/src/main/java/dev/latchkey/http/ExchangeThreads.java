package dev.latchkey.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads for exchanges, as many as are under way; they end when they are idle. */
final class ExchangeThreads {
    private static final int IDLE_SECONDS = 10;

    private ExchangeThreads() {}

    static void execute(Runnable exchange) {
        Holder.THREADS.execute(exchange);
    }

    /** Made with the first exchange. */
    private static final class Holder {
        private static final ExecutorService THREADS = threads();
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "latchkey-http-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
