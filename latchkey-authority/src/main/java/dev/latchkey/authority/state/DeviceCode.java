package dev.latchkey.authority.state;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a device waits for: who asks for what, how the person decided, when the device last asked. */
public record DeviceCode(Request request, String userCode, Instant expiresAt, Decision decision, Polling polling) {
    /** Who asks, and for what. */
    public record Request(Realm realm, Client client, ScopeSet scopes) {}

    /** How far the person has come. */
    public enum State {
        PENDING,
        APPROVED,
        REFUSED,
        REDEEMED
    }

    /** What the person decided. */
    public record Decision(State state, Optional<Grant> grant) {
        static final Decision NONE = new Decision(State.PENDING, Optional.empty());
    }

    /** How often the device may ask, and when it did. */
    public record Polling(Duration interval, Optional<Instant> last) {
        private static final Duration MORE = Duration.ofSeconds(5);

        /** Whether asking now is too soon. */
        public boolean isTooSoon(Instant now) {
            return last.isPresent() && now.isBefore(last.get().plus(interval));
        }

        Polling asked(Instant now) {
            return new Polling(isTooSoon(now) ? interval.plus(MORE) : interval, Optional.of(now));
        }
    }

    DeviceCode decided(State state, Optional<Grant> grant) {
        return new DeviceCode(request, userCode, expiresAt, new Decision(state, grant), polling);
    }

    DeviceCode polled(Instant now) {
        return new DeviceCode(request, userCode, expiresAt, decision, polling.asked(now));
    }

    @Override
    public String toString() {
        return "DeviceCode[" + request.client() + ", " + decision.state() + "]";
    }
}
