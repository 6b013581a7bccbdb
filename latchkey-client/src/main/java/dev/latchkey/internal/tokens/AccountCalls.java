package dev.latchkey.internal.tokens;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.internal.calls.Calls;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The account directory for callers that do not wait: what memory knows is complete at once, the store is read and written
 * on the executor.
 */
public final class AccountCalls {
    private final AccountDirectory directory;
    private final Executor executor;

    /** Asks nothing yet. */
    public AccountCalls(AccountDirectory directory, Executor executor) {
        this.directory = directory;
        this.executor = executor;
    }

    /** See {@link AccountDirectory#accounts(AccountFilter)}. */
    public CompletableFuture<List<Account>> accounts(AccountFilter filter) {
        return start(() -> directory.accounts(filter));
    }

    /** See {@link AccountDirectory#accounts(PartitionKey)}. */
    public CompletableFuture<List<Account>> accounts(PartitionKey key) {
        List<Account> known = directory.peek(key);
        return known == null ? start(() -> directory.accounts(key)) : CompletableFuture.completedFuture(known);
    }

    /** See {@link AccountDirectory#account(AccountFilter)}. */
    public CompletableFuture<Optional<Account>> account(AccountFilter filter) {
        return start(() -> directory.account(filter));
    }

    /** See {@link AccountDirectory#active()}. */
    public CompletableFuture<Optional<Account>> active() {
        Account known = directory.peekActive();
        return known == null
                ? start(() -> Optional.ofNullable(directory.active()))
                : CompletableFuture.completedFuture(Optional.of(known));
    }

    /** See {@link AccountDirectory#activate}. */
    public CompletableFuture<Void> activate(@Nullable Account account) {
        return start(() -> {
            directory.activate(account);
            return null;
        });
    }

    private <T> CompletableFuture<T> start(Supplier<T> work) {
        return Calls.start(executor, "", work);
    }
}
