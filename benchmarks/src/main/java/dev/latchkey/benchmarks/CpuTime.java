package dev.latchkey.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time that the JVM used for an operation, collector and compiler included: on a machine with other work
 * it says more than the clock on the wall. {@code -prof dev.latchkey.benchmarks.CpuTime}
 */
public final class CpuTime implements InternalProfiler {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long before;

    /** What this process used so far, in nanoseconds. */
    static long ofProcess() {
        return PROCESS.getProcessCpuTime();
    }

    @Override
    public String getDescription() {
        return "processor time of the JVM for each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = ofProcess();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long used = ofProcess() - before;
        long operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult("cpu", (double) used / operations, "ns/op", AggregationPolicy.AVG));
    }
}
