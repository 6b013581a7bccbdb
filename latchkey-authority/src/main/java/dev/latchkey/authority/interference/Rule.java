package dev.latchkey.authority.interference;

import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IncomingRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A fault and the requests it is for. */
public final class Rule {
    private final Predicate<IncomingRequest> condition;
    private final int first;
    private final int last;
    private final Fault fault;
    private final Counter met = new Counter();
    private final Counter seen = new Counter();
    private final CompletableFuture<Void> takenBack = new CompletableFuture<>();

    public Rule(Predicate<IncomingRequest> condition, int first, int last, Fault fault) {
        this.condition = condition;
        this.first = first;
        this.last = last;
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** Counts the requests that met the fault. */
    public Counter met() {
        return met;
    }

    /** Counts a request and says whether it is one the fault is for. */
    boolean isFor(IncomingRequest request) {
        if (!condition.test(request)) {
            return false;
        }
        int nth = seen.add(1);
        return nth >= first && nth <= last;
    }

    /** Ends with the rule. */
    CompletableFuture<Void> takenBack() {
        return takenBack;
    }
}
