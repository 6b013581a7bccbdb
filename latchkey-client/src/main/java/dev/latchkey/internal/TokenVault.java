package dev.latchkey.internal;

import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts checked answers into the store: by compare-and-set, so that no other writer's work is lost. */
final class TokenVault {
    /** Only writers without a lease can come between, such as a sign-out; they do not come this often. */
    private static final int MOST_RACES = 20;

    private final String clientId;
    private final TokenStore store;
    private final InstantSource clock;

    TokenVault(String clientId, TokenStore store, InstantSource clock) {
        this.clientId = clientId;
        this.store = store;
        this.clock = clock;
    }

    /** The account an answer is about, by its verified ID token. */
    Account accountOf(TokenGrant grant, ResolvedAuthority authority) {
        return accountOf(grant, authority, authority.environment());
    }

    /** As {@link #accountOf(TokenGrant, ResolvedAuthority)}, stored under another name of the authority's cloud. */
    Account accountOf(TokenGrant grant, ResolvedAuthority authority, String environment) {
        VerifiedIdToken idToken = grant.idToken();
        if (idToken == null) {
            throw new IllegalStateException("an account needs an ID token");
        }
        return Account.of(environment, authority.accountType(), grant.clientInfo(), idToken.claims(), null);
    }

    /** Everything an answer holds, as entries of the account. */
    TokenRecord record(TokenGrant grant, Account account, Scopes asked, @Nullable String resource) {
        TokenResponse response = grant.response();
        VerifiedIdToken idToken = grant.idToken();
        return new TokenRecord(
                account,
                idToken == null ? null : new IdTokenEntry(clientId, account.tenantId(), idToken.token()),
                accessToken(grant, account, asked, resource),
                refreshToken(response, grant.askedAt()),
                response.refreshToken() == null ? null : new AppMetadata(clientId, response.familyId()));
    }

    /** The refresh token of an answer and nothing else: what is saved if the rest may not be believed yet. */
    TokenRecord refreshTokenOnly(TokenResponse response, Instant askedAt) {
        return new TokenRecord(null, null, null, refreshToken(response, askedAt), null);
    }

    /** Leaves out what the caller does not want stored. */
    static TokenRecord wanted(TokenRecord record, StoreInCache wanted) {
        return new TokenRecord(
                record.account(),
                wanted.idToken() ? record.idToken() : null,
                wanted.accessToken() ? record.accessToken() : null,
                wanted.refreshToken() ? record.refreshToken() : null,
                wanted.refreshToken() ? record.appMetadata() : null);
    }

    /**
     * Changes a partition, again and again until nobody came between.
     *
     * @param lease the lease held, or null
     * @return the partition as written
     * @throws CacheException {@code cache_lease_lost} if the lease is no longer held
     */
    Partition update(PartitionKey key, @Nullable Lease lease, UnaryOperator<Partition> change) {
        for (int race = 0; race < MOST_RACES; race++) {
            StoredPartition stored = store.read(key);
            Partition next = change.apply(stored.partition());
            if (next.equals(stored.partition()) || store.write(key, stored.version(), next, lease)) {
                return next;
            }
            if (lease != null && !lease.isHeld()) {
                break;
            }
        }
        throw new CacheException(
                ErrorCodes.CACHE_LEASE_LOST,
                "another process took over this account's renewal, or writes to it without pause; call again");
    }

    /** As {@link #update} under a lease of its own: waits for a renewal that is under way. */
    Partition updateExclusively(PartitionKey key, Duration wait, UnaryOperator<Partition> change) {
        try (Lease lease = store.lease(key, wait)) {
            return update(key, lease, change);
        }
    }

    /** Saves an answer; an account that vanished meanwhile signed out, and stays so. */
    Partition save(PartitionKey key, @Nullable Lease lease, TokenRecord record, boolean mustExist) {
        Instant now = clock.instant();
        return update(
                key, lease, partition -> mustExist && partition.isEmpty() ? partition : partition.save(record, now));
    }

    private AccessTokenEntry accessToken(TokenGrant grant, Account account, Scopes asked, @Nullable String resource) {
        TokenResponse response = grant.response();
        Instant askedAt = grant.askedAt();
        Duration extended = response.extendedExpiresIn();
        Duration refresh = response.refreshIn();
        Scopes granted = response.scope();
        return AccessTokenEntry.builder(
                        clientId, account.tenantId(), granted == null ? asked : granted, response.accessToken())
                .tokenType(response.tokenType())
                .resource(resource)
                .valid(askedAt, askedAt.plus(response.expiresIn()))
                .extendedExpiresOn(extended == null ? null : askedAt.plus(extended))
                .refreshOn(refresh == null ? null : askedAt.plus(refresh))
                .build();
    }

    private @Nullable RefreshTokenEntry refreshToken(TokenResponse response, Instant askedAt) {
        Duration life = response.refreshTokenExpiresIn();
        return response.refreshToken() == null
                ? null
                : new RefreshTokenEntry(
                        clientId,
                        response.familyId(),
                        response.refreshToken(),
                        life == null ? null : askedAt.plus(life));
    }
}
