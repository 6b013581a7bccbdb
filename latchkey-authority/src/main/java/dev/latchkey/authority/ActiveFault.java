package dev.latchkey.authority;

import dev.latchkey.authority.interference.Interference;
import dev.latchkey.authority.interference.Rule;
import java.time.Duration;

/** A fault in force. Closing takes it back; requests that hang because of it are reset. Thread-safe. */
public final class ActiveFault implements AutoCloseable {
    private final Interference interference;
    private final Rule rule;

    ActiveFault(Interference interference, Rule rule) {
        this.interference = interference;
        this.rule = rule;
    }

    /** How many requests met it so far. */
    public int timesMet() {
        return rule.met().count();
    }

    /**
     * Waits until so many requests have met it.
     *
     * @throws AssertionError if they do not within the timeout
     */
    public void awaitMet(int requests, Duration timeout) {
        rule.met().await(requests, timeout, "requests to meet the fault " + rule.fault());
    }

    /** Whether it has not been taken back. */
    public boolean isInForce() {
        return interference.has(rule);
    }

    @Override
    public void close() {
        interference.remove(rule);
    }
}
