package dev.latchkey.internal.tokens;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Settings;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores what a sign-in brought, however the person was asked. */
public final class SignIns {
    private final Settings settings;
    private final TokenSaver saver;
    private final AccountDirectory accounts;
    private final EventBus events;

    SignIns(Settings settings, TokenSaver saver, AccountDirectory accounts, EventBus events) {
        this.settings = settings;
        this.saver = saver;
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * What was asked for.
     *
     * @param sought what the token is for
     * @param storeInCache what the caller wants stored
     * @param keepsRefreshToken whether a refresh token that is there already stays: the new one is for this caller only
     * @param type how the person was asked
     * @param correlationId the id of the call
     */
    public record Asked(
            TokenSaver.Sought sought,
            StoreInCache storeInCache,
            boolean keepsRefreshToken,
            InteractionType type,
            String correlationId) {}

    /**
     * Somebody signed in.
     *
     * @param acquired the token
     * @param account whose it is
     */
    public record SignedIn(Acquired acquired, Account account) {}

    /** Stores a checked answer under the account's lease, so that it does not cross a renewal that is under way. */
    public SignedIn store(TokenGrant grant, ResolvedAuthority authority, Asked asked) {
        Account account = accountOf(grant, authority);
        // Microsoft's refresh tokens are for every resource.
        String granted = authority.isEntraShaped() ? null : asked.sought().resource();
        TokenRecord all = saver.record(grant, account, asked.sought(), granted);
        AtomicBoolean isNew = new AtomicBoolean();
        Partition stored =
                saver.saveExclusively(account.partitionKey(), settings.limits().lease(), partition -> {
                    requireSameAccount(partition, account, grant, asked);
                    isNew.set(partition.account(account.tenantId()) == null);
                    return saver.saved(partition, wanted(all, partition, asked), asked.sought());
                });
        Acquired acquired = new Acquired(
                Objects.requireNonNull(all.accessToken()),
                saver.saved(stored, all, asked.sought()),
                new Origin(authority.authority().toString(), false),
                asked.correlationId());
        tell(account, isNew.get(), asked);
        return new SignedIn(acquired, account);
    }

    /**
     * The account under the name that {@code client_info} gives it; if that is somebody else's already, or the person is
     * known without it, under the name that their issuer and subject give.
     */
    private Account accountOf(TokenGrant grant, ResolvedAuthority authority) {
        Account named = TokenSaver.accountOf(grant, authority);
        Account unnamed = TokenSaver.accountWithoutHint(grant, authority);
        if (named.partitionKey().equals(unnamed.partitionKey())) {
            return named;
        }
        boolean isKnownWithout = !read(unnamed).accounts().isEmpty();
        return isKnownWithout || !isAbout(read(named), named, grant) ? unnamed : named;
    }

    private TokenRecord wanted(TokenRecord all, Partition partition, Asked asked) {
        RefreshTokenEntry added = all.refreshToken();
        String resource = added == null ? null : added.resource();
        RefreshTokenEntry present =
                partition.refreshTokenFor(settings.identity().clientId(), resource);
        boolean keeps = asked.keepsRefreshToken() && present != null && Objects.equals(present.resource(), resource);
        StoreInCache wanted = asked.storeInCache();
        return TokenSaver.wanted(all, keeps ? new StoreInCache(wanted.accessToken(), wanted.idToken(), false) : wanted);
    }

    /** Somebody else may have come to the same name since it was chosen. */
    private void requireSameAccount(Partition partition, Account account, TokenGrant grant, Asked asked) {
        if (!isAbout(partition, account, grant)) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH,
                            "somebody else is signed in under the id that the authority gave this account; nothing was"
                                    + " stored, sign in again")
                    .correlationId(asked.correlationId()));
        }
    }

    private boolean isAbout(Partition partition, Account account, TokenGrant grant) {
        return partition.isAbout(account, settings.identity().clientId(), grant.claims());
    }

    private Partition read(Account account) {
        return saver.knownOf(account.partitionKey());
    }

    private void tell(Account account, boolean isNew, Asked asked) {
        if (isNew) {
            EventPayload payload = new EventPayload.Concerns(account);
            events.publish(EventType.LOGIN_SUCCESS, asked.type(), payload, asked.correlationId());
        }
        // Where people are redirected a server serves many of them: none is the one that requests are for.
        if (asked.type() != InteractionType.REDIRECT) {
            accounts.activateIfNone(account, asked.correlationId());
        }
    }
}
