package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stores what a sign-in brought, however the person was asked. */
final class SignIns {
    private final Settings settings;
    private final TokenVault vault;
    private final AccountDirectory accounts;

    SignIns(Settings settings, TokenVault vault, AccountDirectory accounts) {
        this.settings = settings;
        this.vault = vault;
        this.accounts = accounts;
    }

    /**
     * What was asked for.
     *
     * @param scopes the scopes
     * @param resource the resource
     * @param storeInCache what the caller wants stored
     * @param correlationId the id of the call
     */
    record Asked(Scopes scopes, @Nullable String resource, StoreInCache storeInCache, String correlationId) {}

    /**
     * Somebody signed in.
     *
     * @param acquired the token
     * @param account whose it is
     * @param isNew whether the account was not known before
     */
    record SignedIn(Acquired acquired, Account account, boolean isNew) {}

    /** Stores a checked answer under the account's lease, so that it does not cross a renewal that is under way. */
    SignedIn store(TokenGrant grant, ResolvedAuthority authority, Asked asked) {
        Account account = vault.accountOf(grant, authority);
        TokenRecord all = vault.record(grant, account, asked.scopes(), asked.resource());
        TokenRecord wanted = TokenVault.wanted(all, asked.storeInCache());
        Instant now = settings.environment().clock().instant();
        AtomicBoolean isNew = new AtomicBoolean();
        Partition stored = vault.updateExclusively(
                account.partitionKey(), settings.limits().lease(), partition -> {
                    isNew.set(partition.account(account.tenantId()) == null);
                    return partition.save(wanted, now);
                });
        accounts.activateIfNone(account);
        Acquired acquired = new Acquired(
                Objects.requireNonNull(all.accessToken()),
                stored.save(all, now),
                new Origin(authority.authority().toString(), false),
                asked.correlationId());
        return new SignedIn(acquired, account, isNew.get());
    }
}
