package dev.latchkey.authority;

import dev.latchkey.authority.interference.Interference;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Makes the authority go wrong on request. Thread-safe. {@link LocalAuthority#reset()} takes everything back.
 *
 * <pre>{@code
 * idp.faults().on(Endpoint.TOKEN).nth(1).answer(Fault.tooManyRequests(Duration.ofSeconds(7)));
 * idp.faults().on(Endpoint.TOKEN).grant(GrantType.REFRESH_TOKEN).answer(Fault.loseAnswer());
 * idp.faults().on(Endpoint.TOKEN).answer(Fault.idToken(IdTokenFlaw.WRONG_NONCE));
 * try (ActiveFault outage = idp.faults().on(Endpoint.KEYS).answer(Fault.reset())) { ... }
 * }</pre>
 */
public final class Faults {
    private final Interference interference;
    private final SkewedClock clock;
    private final Runnable rotation;

    Faults(Interference interference, SkewedClock clock, Runnable rotation) {
        this.interference = interference;
        this.clock = clock;
        this.rotation = rotation;
    }

    /** Begins a script for one endpoint; without further conditions it is for every request there. */
    public FaultScript on(Endpoint endpoint) {
        return new FaultScript(interference, request -> request.endpoint() == endpoint, 1, Integer.MAX_VALUE);
    }

    /** Begins a script for requests to any endpoint that fulfil a condition. */
    public FaultScript when(Predicate<IncomingRequest> condition) {
        return new FaultScript(interference, condition, 1, Integer.MAX_VALUE);
    }

    /**
     * Sets the authority's clock apart from the one it was given: negative is behind. Tokens then carry its idea of
     * time. Default: zero.
     */
    public void clockSkew(Duration skew) {
        clock.skew(skew);
    }

    /** Stops publishing the present key at once: tokens signed before can no longer be verified. */
    public void rotateKeysWithoutOverlap() {
        rotation.run();
    }

    /** Takes back every fault and the clock skew; what hangs is reset. */
    public void clear() {
        interference.clearFaults();
        clock.skew(Duration.ZERO);
    }
}
