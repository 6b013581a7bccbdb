package dev.latchkey.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/** The CPU time that a call takes on its thread, regardless of other load on the machine. */
final class CpuTime {
    /** Far more than needed, and far less than anything quadratic in its input takes. */
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
