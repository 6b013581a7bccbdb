package dev.latchkey.internal.calls;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** At most one flight for a key at a time, and nobody who calls after an outcome gets that outcome again. */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public class SingleFlightLincheckTest {
    private final SingleFlight<Integer, Integer> flights = new SingleFlight<>();
    private final AtomicInteger tickets = new AtomicInteger();
    private final AtomicIntegerArray inside = new AtomicIntegerArray(2);
    private final AtomicIntegerArray seen = new AtomicIntegerArray(2);

    /** The sequential answer is always the same; a concurrent one differs if a promise is broken. */
    @Operation
    public String call(@Param(name = "key") int key) {
        int before = seen.get(key);
        int ticket;
        try {
            ticket = flights.await(key, () -> work(key));
        } catch (IllegalStateException e) {
            return "fine"; // a passenger of the flight that fails
        }
        seen.accumulateAndGet(key, ticket, Math::max);
        return ticket < 0 ? "two flights at once" : ticket <= before ? "an old outcome" : "fine";
    }

    @Operation
    public String callThatFails(@Param(name = "key") int key) {
        try {
            int ticket = flights.await(key, () -> {
                throw new IllegalStateException("on purpose");
            });
            return ticket < 0 ? "two flights at once" : "fine";
        } catch (IllegalStateException e) {
            return "fine";
        }
    }

    private int work(int key) {
        boolean alone = inside.incrementAndGet(key) == 1;
        int ticket = tickets.incrementAndGet();
        inside.decrementAndGet(key);
        return alone ? ticket : -1;
    }

    @Test
    void await_modelChecked_keepsItsPromises() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(2)
                .check(SingleFlightLincheckTest.class);
    }

    @Test
    void await_underStress_keepsItsPromises() {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .check(SingleFlightLincheckTest.class);
    }
}
