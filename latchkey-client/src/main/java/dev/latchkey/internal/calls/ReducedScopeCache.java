package dev.latchkey.internal.calls;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.internal.environment.BoundedMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were answered with fewer scopes than they asked for (RFC 6749 section 5.1). By its scopes alone no look-up
 * would ever find such a token, and the same call would go to the network each time, to be told the same. Thread-safe.
 *
 * @param <C> the kind of calls
 */
public final class ReducedScopeCache<C extends TokenCall> {
    private static final int MOST = 1_000;

    private final BoundedMap<C, AccessTokenEntry> answers = new BoundedMap<>(MOST);

    /** Remembers an answer of the authority. */
    public void remember(C call, AccessTokenEntry answer) {
        boolean narrow = !answer.target().containsAll(call.scopes().forLookup());
        if (!narrow) {
            answers.remove(call);
            return;
        }
        answers.put(call, answer);
    }

    /** What the same call was answered last, as long as it is held. */
    public @Nullable AccessTokenEntry find(C call, Partition partition) {
        AccessTokenEntry answer = answers.get(call);
        return answer != null && partition.accessTokens().contains(answer) ? answer : null;
    }

    /** The person was asked or signed out. */
    public void forget(PartitionKey account) {
        answers.removeIf(call -> call.partitionKey().equals(account));
    }
}
