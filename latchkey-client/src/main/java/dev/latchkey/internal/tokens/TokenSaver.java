package dev.latchkey.internal.tokens;

import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts checked answers into the store: by compare-and-set, so that no other writer's work is lost. */
public final class TokenSaver {
    /** Only writers without a lease can come between, such as a sign-out; they do not come this often. */
    private final String clientId;

    private final UnsavedAnswers store;
    private final Leases leases;
    private final InstantSource clock;

    public TokenSaver(String clientId, UnsavedAnswers store, Leases leases, InstantSource clock) {
        this.clientId = clientId;
        this.store = store;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * What a token was asked for.
     *
     * @param sent the scopes as they went over the wire: an answer that names none grants these (RFC 6749 section 5.1)
     * @param resource the resource
     * @param variant what else shaped it
     * @param supersedesPlain whether the plain tokens for the same were not enough, and are no longer served
     */
    public record Sought(
            Scopes sent,
            @Nullable String resource,
            @Nullable String variant,
            boolean supersedesPlain) {}

    /** The account an answer is about, by its verified ID token and what {@code client_info} may add to that. */
    public static Account accountOf(TokenGrant grant, ResolvedAuthority authority) {
        return Account.of(authority.accounts(), grant.clientInfo(), grant.claims(), null);
    }

    /** The same by its verified ID token alone: unique where others are called the same in {@code client_info}. */
    public static Account accountWithoutHint(TokenGrant grant, ResolvedAuthority authority) {
        return Account.of(authority.accounts(), null, grant.claims(), null);
    }

    /** The account an answer is about, where it is known which it is. */
    public static Account accountAt(PartitionKey key, TokenGrant grant, ResolvedAuthority authority) {
        return Account.of(key, authority.accounts(), grant.clientInfo(), grant.claims());
    }

    /**
     * Everything an answer holds, as entries of the account.
     *
     * @param granted the resource that the user granted the refresh token for (RFC 8707 section 2.2)
     */
    public TokenRecord record(TokenGrant grant, Account account, Sought sought, @Nullable String granted) {
        TokenResponse response = grant.response();
        VerifiedIdToken idToken = grant.idToken();
        return new TokenRecord(
                account,
                idToken == null ? null : new IdTokenEntry(clientId, account.tenantId(), idToken.token()),
                accessToken(grant, account, sought),
                refreshToken(response, grant.askedAt(), granted),
                response.refreshToken() == null ? null : new AppMetadata(clientId, response.familyId()));
    }

    /** A partition after an answer. */
    public Partition saved(Partition partition, TokenRecord record, Sought sought) {
        TokenRecord stored = withoutMissingToken(record);
        Partition saved = partition.save(stored, clock.instant());
        AccessTokenEntry token = stored.accessToken();
        return token != null && sought.supersedesPlain() ? saved.withoutPlainTokensLike(token) : saved;
    }

    /** There may be none: the result says so, and the store holds nothing that could be taken for one. */
    private static TokenRecord withoutMissingToken(TokenRecord record) {
        AccessTokenEntry token = record.accessToken();
        boolean isMissing = token != null && token.secret().equals(Secret.NONE);
        return isMissing ? wanted(record, new StoreInCache(false, true, true)) : record;
    }

    /** Leaves out what the caller does not want stored. */
    public static TokenRecord wanted(TokenRecord record, StoreInCache wanted) {
        return new TokenRecord(
                record.account(),
                wanted.idToken() ? record.idToken() : null,
                wanted.accessToken() ? record.accessToken() : null,
                wanted.refreshToken() ? record.refreshToken() : null,
                wanted.refreshToken() ? record.appMetadata() : null);
    }

    /** As {@link dev.latchkey.store.TokenStore#update}. */
    public Partition update(PartitionKey key, @Nullable Lease lease, UnaryOperator<Partition> change) {
        return store.update(key, lease, change);
    }

    /** As {@link #update} under a lease of its own: waits for a renewal that is under way. */
    public Partition updateExclusively(PartitionKey key, Duration wait, UnaryOperator<Partition> change) {
        try (Lease lease = leases.take(key, wait)) {
            return update(key, lease, change);
        }
    }

    /**
     * Saves part of the answer to a refresh token; who signed out meanwhile stays so. What the store does not take is kept.
     *
     * @param known the partition as it was when the refresh token was sent
     */
    public void save(PartitionKey key, Lease lease, Partition known, UnaryOperator<Partition> saving) {
        UnaryOperator<Partition> unlessGone = partition -> unlessSignedOut(partition, saving);
        try {
            update(key, lease, unlessGone);
        } catch (CacheException e) {
            keep(key, lease, known, unlessGone, e);
        }
    }

    /** Where other applications share the account, a family's successor is theirs, and all else is nobody's any more. */
    private Partition unlessSignedOut(Partition partition, UnaryOperator<Partition> saving) {
        if (partition.isEmpty()) {
            return partition;
        }
        Partition saved = saving.apply(partition);
        return partition.isUsedBy(clientId) ? saved : saved.withoutClient(clientId);
    }

    /** As {@link #updateExclusively} with what a sign-in brought; what the store does not take is kept. */
    public Partition saveExclusively(PartitionKey key, Duration wait, UnaryOperator<Partition> saving) {
        try {
            return updateExclusively(key, wait, saving);
        } catch (CacheException e) {
            return keep(key, null, knownOf(key), saving, e);
        }
    }

    /** As {@link #update}; what the store does not take is kept. */
    public void updateOrKeep(PartitionKey key, UnaryOperator<Partition> change) {
        try {
            update(key, null, change);
        } catch (CacheException e) {
            keep(key, null, knownOf(key), change, e);
        }
    }

    private Partition keep(
            PartitionKey key,
            @Nullable Lease lease,
            Partition known,
            UnaryOperator<Partition> saving,
            CacheException why) {
        if (!why.isOfWholeStore()) {
            throw why;
        }
        return store.keep(key, lease, known, saving, why);
    }

    /** What is stored; nothing if that cannot be read. */
    public Partition knownOf(PartitionKey key) {
        try {
            return store.read(key).partition();
        } catch (CacheException e) {
            return Partition.EMPTY;
        }
    }

    private AccessTokenEntry accessToken(TokenGrant grant, Account account, Sought sought) {
        TokenResponse response = grant.response();
        Instant askedAt = grant.askedAt();
        Duration extended = response.extendedExpiresIn();
        Duration refresh = response.refreshIn();
        Scopes granted = response.scope();
        Secret secret = response.accessToken();
        // A token that is not there is valid for no time at all.
        Duration life = secret == null ? Duration.ZERO : response.expiresIn();
        return AccessTokenEntry.builder(
                        clientId,
                        account.tenantId(),
                        granted == null ? sought.sent() : granted,
                        secret == null ? Secret.NONE : secret)
                .tokenType(response.tokenType())
                .resource(sought.resource())
                .variant(sought.variant())
                .valid(askedAt, askedAt.plus(life))
                .extendedExpiresOn(extended == null ? null : askedAt.plus(extended))
                .refreshOn(refresh == null ? null : askedAt.plus(refresh))
                .build();
    }

    /** The refresh token of an answer, granted for a resource; null if there is none. */
    public @Nullable RefreshTokenEntry refreshToken(TokenResponse response, Instant askedAt, @Nullable String granted) {
        Duration life = response.refreshTokenExpiresIn();
        return response.refreshToken() == null
                ? null
                : new RefreshTokenEntry(
                        clientId,
                        response.familyId(),
                        response.refreshToken(),
                        life == null ? null : askedAt.plus(life),
                        granted);
    }
}
