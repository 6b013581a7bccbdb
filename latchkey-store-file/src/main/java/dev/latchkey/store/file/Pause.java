package dev.latchkey.store.file;

import java.util.concurrent.locks.LockSupport;

/** Time that passes and waiting for it: the part of a store that tests replace. */
interface Pause {
    /** The real one. */
    Pause REAL = new Pause() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Waits about so long; shorter if the thread is interrupted, which stays so. */
    void pause(long nanos);
}
