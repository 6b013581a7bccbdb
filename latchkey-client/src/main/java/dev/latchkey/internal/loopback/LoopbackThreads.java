package dev.latchkey.internal.loopback;

/** The listener's own daemon threads; nothing runs on the common pool. */
final class LoopbackThreads {
    private LoopbackThreads() {}

    static void start(Runnable task) {
        newThread(task).start();
    }

    static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-loopback");
        thread.setDaemon(true);
        return thread;
    }
}
