package dev.latchkey.authority.interference;

import dev.latchkey.authority.VirtualClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Lets time pass: a virtual clock's, else the machine's. */
final class Delays {
    private final InstantSource clock;

    Delays(InstantSource clock) {
        this.clock = clock;
    }

    CompletionStage<Void> passed(Duration duration) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        if (clock instanceof VirtualClock virtual) {
            virtual.onReaching(virtual.instant().plus(duration), () -> passed.complete(null));
            return passed;
        }
        return passed.completeOnTimeout(null, duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
