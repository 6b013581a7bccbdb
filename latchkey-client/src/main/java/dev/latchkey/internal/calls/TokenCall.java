package dev.latchkey.internal.calls;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.PartitionKey;

/**
 * A call for a token with what it left open filled in. Equal calls want the same token: they are the key by which flights
 * are shared, and under which it is kept how a call went.
 */
public interface TokenCall {
    /** Whose tokens it is about. */
    PartitionKey partitionKey();

    /** The scopes it asks for. */
    Scopes scopes();
}
