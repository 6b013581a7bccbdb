package dev.latchkey.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/** What a call costs the thread that makes it, whatever else the machine does meanwhile. */
final class CpuTime {
    /** Far beyond what is needed, and far below what anything costs that takes the square of its input. */
    private static final Duration MOST = Duration.ofSeconds(1);

    private CpuTime() {}

    static void isBounded(Supplier<String> what, Runnable call) {
        long before = spent();
        call.run();
        Duration cost = Duration.ofNanos(spent() - before);
        if (Boolean.getBoolean("latchkey.costs")) {
            System.out.printf("COST %.1f ms %s%n", cost.toNanos() / 1e6, what.get());
        }
        assertThat(cost).as(what.get()).isLessThan(MOST);
    }

    private static long spent() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
