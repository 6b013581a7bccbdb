package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.integration.belonging.Complaints.Complaint;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs sequences of random calls one after another and counts the violations. */
final class Campaign {
    private final Play play;
    private final Map<String, Integer> successes = new TreeMap<>();
    private final Map<String, Integer> wrongs = new TreeMap<>();
    private final Map<String, Example> examples = new TreeMap<>();

    Campaign(Play play) {
        this.play = play;
    }

    /** A sequence that shows a violation. */
    private record Example(long seed, Complaint complaint, List<String> calls) {
        /** The shortest wins, then the first. */
        boolean isBetterThan(@Nullable Example other) {
            return other == null
                    || calls.size() < other.calls.size()
                    || (calls.size() == other.calls.size() && seed < other.seed);
        }

        @Override
        public String toString() {
            return complaint.kind() + ": " + complaint.text() + "\n  -Dlatchkey.belonging.seed=" + seed
                    + " -Dlatchkey.belonging.sequences=1, after these calls:\n    "
                    + String.join("\n    ", calls) + "\n";
        }
    }

    /** Runs this many sequences on all processors, with consecutive seeds. */
    void run(long firstSeed, int sequences, Function<VirtualClock, TokenStore> store) throws Exception {
        int threads = Math.min(sequences, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        AtomicLong next = new AtomicLong(firstSeed);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ends.add(workers.submit(() -> runUpTo(firstSeed + sequences, next, store)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void runUpTo(long end, AtomicLong next, Function<VirtualClock, TokenStore> store) {
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            runOne(seed, store);
        }
    }

    /** The number of violations of each kind, with the shortest sequence that shows it; empty if there were none. */
    String report() {
        StringBuilder report = new StringBuilder();
        wrongs.forEach(
                (kind, count) -> report.append(count).append(" x ").append(kind).append('\n'));
        examples.forEach((kind, example) -> report.append('\n').append(example));
        return report.toString();
    }

    /** The cases of which no call has ever succeeded. */
    List<String> neverSucceeded() {
        return play.cases().stream()
                .filter(name -> !successes.containsKey(name))
                .toList();
    }

    private void runOne(long seed, Function<VirtualClock, TokenStore> store) {
        play.play(new SplittableRandom(seed).nextLong(), store, (name, scene, call) -> watch(name, scene, call, seed));
    }

    private void watch(String name, Scene scene, Runnable call, long seed) {
        int before = scene.complaints.size();
        call.run();
        List<Complaint> all = scene.complaints.all();
        count(name, scene, all.subList(before, all.size()), seed);
    }

    private synchronized void count(String name, Scene scene, List<Complaint> complaints, long seed) {
        if (scene.takeSucceeded()) {
            successes.merge(name, 1, Integer::sum);
        }
        for (Complaint complaint : complaints) {
            wrongs.merge(complaint.kind(), 1, Integer::sum);
            Example example = new Example(seed, complaint, scene.calls);
            if (example.isBetterThan(examples.get(complaint.kind()))) {
                examples.put(complaint.kind(), new Example(seed, complaint, List.copyOf(scene.calls)));
            }
        }
    }
}
