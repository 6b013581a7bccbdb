package dev.latchkey.internal.calls;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.throttle.ThrottleLedger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the authority does not want to see again for a while. What it said was about the call and what the call was
 * made with: a new refresh token, from whichever process, is a new chance. Thread-safe.
 *
 * @param <C> the kind of calls
 */
public final class CallThrottle<C extends TokenCall> {
    private final ThrottleLedger<MadeWith<C>> ledger = new ThrottleLedger<>(made -> made.call.partitionKey());

    /** What it was made with must have {@code equals}; it is null where a call is made with nothing of its own. */
    private record MadeWith<C extends TokenCall>(
            C call, @Nullable Object credential) {}

    /** Fails as the call did last, if it is too early for another try. */
    public void check(C call, @Nullable Object credential, Instant now) {
        ledger.check(new MadeWith<>(call, credential), now);
    }

    /** Takes note of a failure, if it is one to be remembered. */
    public void remember(C call, @Nullable Object credential, AuthException error, Instant now) {
        ledger.remember(new MadeWith<>(call, credential), error, now);
    }

    /** The person was asked or signed out. */
    public void forget(PartitionKey account) {
        ledger.forget(made -> made.call.partitionKey().equals(account));
    }
}
