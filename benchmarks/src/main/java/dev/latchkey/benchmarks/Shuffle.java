package dev.latchkey.benchmarks;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Questions in random order, each as often as the others: no cache of the processor is warm by chance. */
final class Shuffle {
    private Shuffle() {}

    /** Shuffles in place, the same way on each run. */
    static <T> T[] shuffled(T[] questions) {
        List<T> view = Arrays.asList(questions);
        Collections.shuffle(view, new Random(42));
        return questions;
    }
}
