package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.LoopbackOptions;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Timeouts of the loopback listener.
 *
 * @param requestTimeout for receiving one request, and for sending one response
 * @param answerTimeout for the application to supply the outcome
 * @param deliveryTimeout for the browser to fetch the page it was redirected to
 * @param deadlines creates the deadlines of each listener
 */
record LoopbackTiming(
        Duration requestTimeout, Duration answerTimeout, Duration deliveryTimeout, Supplier<Deadlines> deadlines) {
    static LoopbackTiming of(LoopbackOptions options) {
        return new LoopbackTiming(
                Duration.ofSeconds(5), options.answerTimeout(), Duration.ofSeconds(3), Deadlines::onThread);
    }
}
