package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.LoopbackOptions;
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
    static LoopbackTiming of(LoopbackOptions options) {
        return new LoopbackTiming(
                Duration.ofSeconds(5), options.answerTimeout(), Duration.ofSeconds(3), Deadlines::onThread);
    }
}
