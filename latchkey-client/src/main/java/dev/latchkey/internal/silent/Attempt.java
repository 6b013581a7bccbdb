package dev.latchkey.internal.silent;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.store.Lease;

/**
 * What one renewal works with.
 *
 * @param call what is wanted
 * @param authority who is asked
 * @param realm the tenant, by the id that its tokens are kept under
 * @param early whether the token at hand is still good
 * @param lease the right to redeem the account's refresh token
 * @param correlationId the id of the call
 */
record Attempt(
        SilentCall call, ResolvedAuthority authority, String realm, boolean early, Lease lease, String correlationId) {
    SilentRequest request() {
        return call.request();
    }

    PartitionKey key() {
        return call.account().partitionKey();
    }
}
