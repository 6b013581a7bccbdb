package dev.latchkey.interaction;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Timeouts of the loopback listener.
 *
 * @param requestTimeout for one request to come in, and for one response to be taken
 * @param answerTimeout for the application to say how it ended
 * @param deliveryTimeout for the browser to fetch the page it was sent to
 * @param deadlines what keeps the time, made once per listener
 */
record LoopbackTiming(
        Duration requestTimeout, Duration answerTimeout, Duration deliveryTimeout, Supplier<Deadlines> deadlines) {

    LoopbackTiming {
        if (requestTimeout.isNegative()
                || requestTimeout.isZero()
                || answerTimeout.isNegative()
                || answerTimeout.isZero()
                || deliveryTimeout.isNegative()
                || deliveryTimeout.isZero()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }

    static LoopbackTiming standard() {
        return new LoopbackTiming(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(3), Deadlines::onThread);
    }

    LoopbackTiming answerTimeout(Duration value) {
        return new LoopbackTiming(requestTimeout, value, deliveryTimeout, deadlines);
    }
}
