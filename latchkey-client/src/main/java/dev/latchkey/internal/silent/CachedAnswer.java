package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.renewal.FreshSpan;
import dev.latchkey.store.StoredPartition;
import java.time.InstantSource;

/**
 * The last answer to a request from the cache. It is given again while nothing changes, so that a hit looks nothing up.
 * All fields are final: threads that share a request may read it without synchronization.
 */
public final class CachedAnswer {
    private final Object asker;
    private final AuthenticationResult result;
    private final SharedFuture future;
    private final StoredPartition madeFrom;
    // As numbers of this object: a reference more is, among many accounts, a wait for memory more.
    private final long freshFrom;
    private final long freshUntil;

    CachedAnswer(Object asker, AuthenticationResult result, StoredPartition madeFrom, FreshSpan fresh) {
        this.asker = asker;
        this.result = result;
        this.future = new SharedFuture(result);
        this.madeFrom = madeFrom;
        this.freshFrom = fresh.from();
        this.freshUntil = fresh.until();
    }

    /** Whether this asker gets the same result again. The clock is read last, for that takes longest. */
    boolean isGood(Object who, InstantSource clock) {
        if (asker != who || !madeFrom.isCurrent()) {
            return false;
        }
        long now = clock.millis();
        return freshFrom <= now && now < freshUntil;
    }

    AuthenticationResult result() {
        return result;
    }

    SharedFuture future() {
        return future;
    }
}
