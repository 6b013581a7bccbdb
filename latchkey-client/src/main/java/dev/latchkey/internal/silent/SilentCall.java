package dev.latchkey.internal.silent;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.internal.calls.TokenCall;

/**
 * A silent request with what it left open filled in.
 *
 * @param request the request
 * @param account for whom
 * @param realm in which tenant
 */
record SilentCall(SilentRequest request, Account account, String realm) implements TokenCall {
    @Override
    public PartitionKey partitionKey() {
        return account.partitionKey();
    }

    @Override
    public Scopes scopes() {
        return request.scopes();
    }
}
