package dev.latchkey.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where a thread is in the list of questions; each starts somewhere else. */
@State(Scope.Thread)
public class Cursor {
    private int next = ThreadLocalRandom.current().nextInt(1 << 20);

    /** The next of that many. */
    int next(int size) {
        int i = next + 1;
        if (i >= size) {
            i = i % size;
        }
        next = i;
        return i;
    }
}
