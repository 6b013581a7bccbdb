package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.renewal.Freshness;
import dev.latchkey.core.throttle.ThrottleLedger;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.store.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Redeems a refresh token for one call, in a straight line: throttled? where? our turn? still needed? which refresh
 * token? redeem, verify, store, release.
 *
 * <p>The lease is held from before the refresh token is read until after its successor is stored, by whoever shares the
 * store: no refresh token is ever sent twice, and none is lost to a race.
 */
final class Renewal {
    private final Settings settings;
    private final Authorities authorities;
    private final TokenEndpoint tokenEndpoint;
    private final TokenVault vault;
    private final ThrottleLedger<SilentCall> throttle = new ThrottleLedger<>();

    Renewal(Settings settings, Authorities authorities, TokenEndpoint tokenEndpoint, TokenVault vault) {
        this.settings = settings;
        this.authorities = authorities;
        this.tokenEndpoint = tokenEndpoint;
        this.vault = vault;
    }

    /** Blocks until there is a new token, or throws why there is none. */
    Acquired renew(SilentCall call, String correlationId) {
        throttle.check(call, settings.environment().clock().instant());
        try {
            ResolvedAuthority authority = authorities.resolve(authorityOf(call), correlationId);
            requireSameCloud(authority, call.account(), correlationId);
            PartitionKey key = call.account().partitionKey();
            try (Lease lease =
                    settings.environment().store().lease(key, settings.limits().lease())) {
                return renewUnder(lease, new Attempt(call, authority, correlationId));
            }
        } catch (AuthException e) {
            throttle.remember(call, e, settings.environment().clock().instant());
            throw e;
        }
    }

    /** The person was asked or signed out: what the server said before about the account counts no more. */
    void forget(PartitionKey account) {
        throttle.forget(call -> call.account().partitionKey().equals(account));
    }

    /** What one renewal works with. */
    private record Attempt(SilentCall call, ResolvedAuthority authority, String correlationId) {
        SilentRequest request() {
            return call.request();
        }

        PartitionKey key() {
            return call.account().partitionKey();
        }
    }

    private Acquired renewUnder(Lease lease, Attempt attempt) {
        Partition partition = read(attempt.key());
        Acquired done = renewedMeanwhile(partition, attempt);
        if (done != null) {
            return done;
        }
        RefreshTokenEntry refreshToken = RefreshTokens.choose(partition, clientId(), attempt.correlationId());
        requireLife(refreshToken, attempt);
        try {
            return redeem(lease, attempt, partition, refreshToken);
        } catch (AuthException e) {
            return afterFailure(lease, attempt, refreshToken, e);
        }
    }

    private Acquired redeem(Lease lease, Attempt attempt, Partition partition, RefreshTokenEntry refreshToken) {
        TokenRequest request = tokenRequest(attempt);
        TokenEndpoint.Refreshed refreshed = tokenEndpoint.refresh(attempt.authority(), request, refreshToken.secret());
        TokenGrant grant = verified(lease, attempt, partition, refreshed, request);
        Account account =
                grant.idToken() == null ? call(attempt, partition) : vault.accountOf(grant, attempt.authority());
        requireSameAccount(account, attempt);
        TokenRecord record = vault.record(
                grant,
                account,
                attempt.request().scopes(),
                attempt.request().resource().orElse(null));
        // The token just redeemed came from the store and may be spent now: its successor always goes there.
        StoreInCache wanted = attempt.request().storeInCache().withRefreshToken();
        vault.save(attempt.key(), lease, TokenVault.wanted(record, wanted), true);
        Partition shown = partition.save(record, settings.environment().clock().instant());
        return acquired(Objects.requireNonNull(record.accessToken()), shown, attempt, false);
    }

    /** If the keys cannot be had now, the answer waits for nobody; but the refresh token in it must not be lost. */
    private TokenGrant verified(
            Lease lease,
            Attempt attempt,
            Partition partition,
            TokenEndpoint.Refreshed refreshed,
            TokenRequest request) {
        try {
            return tokenEndpoint.verify(refreshed, attempt.authority(), request, subjectOf(partition, attempt));
        } catch (NetworkException | ServerException e) {
            TokenRecord successor = vault.refreshTokenOnly(refreshed.response(), refreshed.askedAt());
            vault.save(attempt.key(), lease, successor, true);
            throw e;
        }
    }

    /**
     * After a refused grant the store is read once more: whoever renewed without our lease, such as another library on
     * the same file, left a successor. If there is none and the refresh token is dead, it goes, and the person is asked.
     */
    private Acquired afterFailure(Lease lease, Attempt attempt, RefreshTokenEntry used, AuthException error) {
        if (RefreshTokens.isFamilyRefusal(used, error)) {
            // From now on the client is known to be in no family.
            vault.save(attempt.key(), lease, vault.noFamily(), true);
            RefreshTokenEntry own = read(attempt.key()).refreshToken(clientId());
            if (own != null) {
                return redeem(lease, attempt, read(attempt.key()), own);
            }
            throw RefreshTokens.asPersonRequired(error);
        }
        if (RefreshTokens.exceedsGrant(error)) {
            throw RefreshTokens.asPersonRequired(error);
        }
        if (!RefreshTokens.isRefused(error)) {
            throw error;
        }
        Partition now = read(attempt.key());
        RefreshTokenEntry successor = RefreshTokens.find(now, clientId());
        if (successor != null && !successor.secret().equals(used.secret())) {
            return redeem(lease, attempt, now, successor);
        }
        if (RefreshTokens.isDead(error)) {
            vault.update(attempt.key(), lease, partition -> partition.withoutRefreshToken(used));
        }
        throw RefreshTokens.asPersonRequired(error);
    }

    /** While we waited for the lease another process may have done it all; whoever forces a refresh does not care. */
    private @Nullable Acquired renewedMeanwhile(Partition partition, Attempt attempt) {
        SilentRequest request = attempt.request();
        if (!request.cacheLookupPolicy().usesAccessToken() || request.hasClaims()) {
            return null;
        }
        String realm = realmOf(attempt);
        AccessTokenEntry token = partition.accessToken(request.query(clientId(), realm));
        if (token == null) {
            return null;
        }
        Freshness freshness =
                settings.expiryRule().of(token, settings.environment().clock().millis());
        return freshness == Freshness.STALE ? null : acquired(token, partition, attempt, true);
    }

    private String realmOf(Attempt attempt) {
        if (attempt.request().authorityOrNull() == null || attempt.request().tenantIdOrNull() != null) {
            return attempt.call().realm();
        }
        String realm = authorities.realmOf(authorityOf(attempt.call()));
        return realm == null ? attempt.call().realm() : realm;
    }

    private Acquired acquired(AccessTokenEntry token, Partition partition, Attempt attempt, boolean fromCache) {
        Origin origin = new Origin(attempt.authority().authority().toString(), fromCache);
        return new Acquired(token, partition, origin, attempt.correlationId());
    }

    private TokenRequest tokenRequest(Attempt attempt) {
        SilentRequest request = attempt.request();
        return new TokenRequest(
                attempt.authority().metadata().tokenEndpoint(),
                clientId(),
                settings.identity().authentication(),
                settings.identity().onWire(request.scopes()),
                request.resource().orElse(null),
                ClaimsRequest.merge(
                        request.claims().orElse(null), settings.identity().clientCapabilities()),
                attempt.authority().isEntraShaped(),
                attempt.correlationId(),
                request.extraParameters());
    }

    private Authority authorityOf(SilentCall call) {
        Authority own = settings.identity().authority();
        String asked = call.request().authorityOrNull();
        Authority base = asked == null ? own : Authority.like(asked, own);
        return asked != null && call.request().tenantIdOrNull() == null && base.realm() != null
                ? base
                : base.withRealm(call.realm());
    }

    private void requireLife(RefreshTokenEntry token, Attempt attempt) {
        boolean expired = settings.expiryRule()
                .refreshTokenExpired(
                        token,
                        settings.environment().clock().millis(),
                        attempt.request().refreshTokenExpirationOffset().orElse(null));
        if (expired) {
            throw new InteractionRequiredAuthException(ErrorDetails.of(
                            ErrorCodes.REFRESH_TOKEN_EXPIRED,
                            "the refresh token has expired, or is about to; ask the person")
                    .correlationId(attempt.correlationId()));
        }
    }

    /** Subjects differ from tenant to tenant; within one they may not change (OpenID Connect Core 12.2). */
    private @Nullable String subjectOf(Partition partition, Attempt attempt) {
        IdTokenEntry known = partition.idToken(clientId(), realmOf(attempt));
        return known == null ? null : known.claims().string("sub");
    }

    private static Account call(Attempt attempt, Partition partition) {
        Account stored = partition.account(attempt.call().realm());
        return stored == null ? attempt.call().account() : stored;
    }

    private static void requireSameAccount(Account account, Attempt attempt) {
        if (!account.partitionKey().equals(attempt.key())) {
            throw new dev.latchkey.core.error.ClientAuthException(ErrorDetails.of(
                            ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH,
                            "the refreshed tokens are somebody else's; they were not stored")
                    .at(attempt.authority().metadata().tokenEndpoint())
                    .correlationId(attempt.correlationId()));
        }
    }

    private static void requireSameCloud(ResolvedAuthority authority, Account account, String correlationId) {
        if (!authority.environment().equalsIgnoreCase(account.environment())) {
            throw new ClientConfigurationException(ErrorDetails.of(
                            ErrorCodes.AUTHORITY_MISMATCH,
                            "the account belongs to " + account.environment() + ", the authority is "
                                    + authority.authority())
                    .correlationId(correlationId));
        }
    }

    private Partition read(PartitionKey key) {
        return settings.environment().store().read(key).partition();
    }

    private String clientId() {
        return settings.identity().clientId();
    }
}
