package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.environment.Settings;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stores what a sign-in brought, however the person was asked. */
final class SignIns {
    private final Settings settings;
    private final TokenVault vault;
    private final AccountDirectory accounts;
    private final EventBus events;

    SignIns(Settings settings, TokenVault vault, AccountDirectory accounts, EventBus events) {
        this.settings = settings;
        this.vault = vault;
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * What was asked for.
     *
     * @param scopes the scopes
     * @param resource the resource
     * @param storeInCache what the caller wants stored
     * @param type how the person was asked
     * @param correlationId the id of the call
     */
    record Asked(
            Scopes scopes,
            @Nullable String resource,
            StoreInCache storeInCache,
            InteractionType type,
            String correlationId) {}

    /**
     * Somebody signed in.
     *
     * @param acquired the token
     * @param account whose it is
     */
    record SignedIn(Acquired acquired, Account account) {}

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
        Acquired acquired = new Acquired(
                Objects.requireNonNull(all.accessToken()),
                stored.save(all, now),
                new Origin(authority.authority().toString(), false),
                asked.correlationId());
        tell(account, isNew.get(), asked);
        return new SignedIn(acquired, account);
    }

    private void tell(Account account, boolean isNew, Asked asked) {
        EventPayload payload = new EventPayload.Concerns(account);
        if (isNew) {
            events.publish(EventType.LOGIN_SUCCESS, asked.type(), payload, asked.correlationId());
        }
        // Where people are redirected a server serves many of them: none is the one that requests are for.
        if (asked.type() != InteractionType.REDIRECT && accounts.activateIfNone(account)) {
            events.publish(EventType.ACTIVE_ACCOUNT_CHANGED, null, payload, asked.correlationId());
        }
    }
}
