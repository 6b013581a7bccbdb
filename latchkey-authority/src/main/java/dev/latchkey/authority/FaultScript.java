package dev.latchkey.authority;

import dev.latchkey.authority.interference.Interference;
import dev.latchkey.authority.interference.Rule;
import java.util.function.Predicate;

/**
 * Which requests a fault is for. Immutable: every condition returns a narrower script, and conditions add up.
 * Requests are counted per script, from the moment {@link #answer} is called, and only those that fulfil its
 * conditions. Where several scripts are for one request, the one set first answers; all of them count it.
 */
public final class FaultScript {
    private final Interference interference;
    private final Predicate<IncomingRequest> condition;
    private final int first;
    private final int last;

    FaultScript(Interference interference, Predicate<IncomingRequest> condition, int first, int last) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("requests are counted from 1");
        }
        this.interference = interference;
        this.condition = condition;
        this.first = first;
        this.last = last;
    }

    /** Only the nth request, counted from 1. */
    public FaultScript nth(int n) {
        return new FaultScript(interference, condition, n, n);
    }

    /** Only the first request. */
    public FaultScript once() {
        return nth(1);
    }

    /** Only the first n requests. */
    public FaultScript first(int n) {
        return new FaultScript(interference, condition, 1, n);
    }

    /** Every request from the nth on. */
    public FaultScript fromNth(int n) {
        return new FaultScript(interference, condition, n, Integer.MAX_VALUE);
    }

    /** Only requests that fulfil a condition. */
    public FaultScript when(Predicate<IncomingRequest> further) {
        return new FaultScript(interference, condition.and(further), first, last);
    }

    /** Only token requests of one grant type. */
    public FaultScript grant(GrantType grantType) {
        return when(request -> request.isGrant(grantType));
    }

    /** Only requests that name one client in the parameter {@code client_id}. */
    public FaultScript client(String clientId) {
        return when(request ->
                request.parameter("client_id").filter(clientId::equals).isPresent());
    }

    /** Puts the fault in force. */
    public ActiveFault answer(Fault fault) {
        Rule rule = new Rule(condition, first, last, fault);
        interference.add(rule);
        return new ActiveFault(interference, rule);
    }
}
