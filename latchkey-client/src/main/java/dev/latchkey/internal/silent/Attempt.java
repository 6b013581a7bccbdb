package dev.latchkey.internal.silent;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.store.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one renewal works with.
 *
 * @param call what is wanted
 * @param authority who is asked
 * @param realm the tenant, by the id that its tokens are kept under
 * @param early whether the token at hand is still good
 * @param held the right to redeem the account's refresh token; null while it is waited for
 * @param correlationId the id of the call
 */
record Attempt(
        SilentCall call,
        ResolvedAuthority authority,
        String realm,
        boolean early,
        @Nullable Lease held,
        String correlationId) {
    /** The same under a lease. */
    Attempt under(Lease taken) {
        return new Attempt(call, authority, realm, early, taken, correlationId);
    }

    /** The lease; there is one wherever something is sent or stored. */
    Lease lease() {
        return Objects.requireNonNull(held, "a refresh token is redeemed under a lease only");
    }

    SilentRequest request() {
        return call.request();
    }

    PartitionKey key() {
        return call.partitionKey();
    }
}
