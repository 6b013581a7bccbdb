package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.renewal.Freshness;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.calls.CallThrottle;
import dev.latchkey.internal.calls.ReducedScopeCache;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.Acquired;
import dev.latchkey.internal.tokens.Leases;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.RefreshTokens;
import dev.latchkey.internal.tokens.TokenSaver;
import dev.latchkey.store.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Renews the tokens of one call, in a straight line: throttled? where? our turn? still needed? which refresh token?
 * redeem it; if it is refused, is there another?
 *
 * <p>The lease is held from before the refresh token is read until after its successor is stored, by whoever shares the
 * store: no refresh token is ever sent twice, and none is lost to a race.
 */
public final class Renewal {
    private final Settings settings;
    private final Authorities authorities;
    private final Belonging belonging;
    private final Realms realms;
    private final Redemption redemption;
    private final Leases leases;
    private final TokenSaver saver;
    private final CallThrottle<SilentCall> throttle = new CallThrottle<>();
    private final ReducedScopeCache<SilentCall> reducedScopes = new ReducedScopeCache<>();

    public Renewal(Settings settings, Parts parts, Realms realms) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.belonging = parts.belonging();
        this.realms = realms;
        this.redemption = new Redemption(settings, parts);
        this.leases = parts.leases();
        this.saver = parts.saver();
    }

    /** Blocks until there is a token that is not stale, or throws why there is none. */
    Acquired renew(SilentCall call, String correlationId) {
        return renew(call, false, correlationId);
    }

    /** Blocks until there is a token that is fresh, or throws why there is none. */
    Acquired renewEarly(SilentCall call, String correlationId) {
        return renew(call, true, correlationId);
    }

    /** The person was asked or signed out: what the server said before about the account no longer counts. */
    public void forget(PartitionKey account) {
        throttle.forget(account);
        reducedScopes.forget(account);
    }

    private @Nullable RefreshTokenEntry refreshToken(SilentCall call) {
        return read(call.partitionKey())
                .refreshTokenFor(clientId(), call.request().resource().orElse(null));
    }

    private Acquired renew(SilentCall call, boolean early, String correlationId) {
        throttle.check(call, refreshToken(call), settings.environment().clock().instant());
        try {
            ResolvedAuthority authority = resolve(call, correlationId);
            String realm = realms.of(call.request(), call.account());
            Acquired acquired = inTurn(new Attempt(call, authority, realm, early, null, correlationId));
            reducedScopes.remember(call, acquired.token());
            return acquired;
        } catch (AuthException e) {
            throttle.remember(
                    call, refreshToken(call), e, settings.environment().clock().instant());
            throw e;
        }
    }

    /** Another issuer is not even asked for its endpoints; which names a cloud has may have to be asked. */
    private ResolvedAuthority resolve(SilentCall call, String correlationId) {
        Authority asked = realms.authorityOf(call);
        Partition partition = read(call.partitionKey());
        if (!asked.kind().hasClouds()) {
            belonging.require(call.account(), partition, asked, correlationId);
        }
        ResolvedAuthority authority = authorities.resolve(asked, correlationId);
        belonging.require(call.account(), partition, authority.authority(), correlationId);
        return authority;
    }

    /** Waits for the lease, or for its holder to store what is wanted here. */
    private Acquired inTurn(Attempt attempt) {
        Leases.Turn<Acquired> turn = leases.take(
                attempt.key(), settings.limits().lease(), () -> renewedMeanwhile(checked(attempt), attempt));
        Acquired done = turn.done();
        if (done != null) {
            return done;
        }
        try (Lease lease = turn.lease()) {
            return renewUnderLease(attempt.under(Objects.requireNonNull(lease)));
        }
    }

    /** What is stored now, if the authority that is asked may be asked about it. */
    private Partition checked(Attempt attempt) {
        Partition partition = read(attempt.key());
        belonging.require(
                attempt.call().account(), partition, attempt.authority().authority(), attempt.correlationId());
        RenewalChecks.requirePolicy(partition, attempt);
        return partition;
    }

    private Acquired renewUnderLease(Attempt attempt) {
        Partition partition = checked(attempt);
        Acquired done = renewedMeanwhile(partition, attempt);
        if (done != null) {
            return done;
        }
        RefreshTokenEntry first = choose(partition, attempt);
        RenewalChecks.requireLife(first, attempt, settings);
        try {
            return redemption.redeem(first, partition, attempt);
        } catch (AuthException e) {
            return redeemSecond(another(first, attempt, e), attempt);
        }
    }

    /** A third one would be the first again, or a race without end. */
    private Acquired redeemSecond(RefreshTokenEntry second, Attempt attempt) {
        try {
            return redemption.redeem(second, read(attempt.key()), attempt);
        } catch (AuthException e) {
            if (RefreshTokens.exceedsGrant(e)) {
                throw RefreshTokens.asPersonRequired(e);
            }
            if (!RefreshTokens.isRefused(e)) {
                throw e;
            }
            dropped(second, attempt, e);
            throw RefreshTokens.asPersonRequired(e);
        }
    }

    /**
     * Which refresh token to try after one was refused, which goes if it is dead: the client's own after its family's; the
     * one granted for another resource; or, from the store read anew, the successor that somebody left who renewed without
     * our lease, such as another library on the same file.
     */
    private RefreshTokenEntry another(RefreshTokenEntry refused, Attempt attempt, AuthException error) {
        if (RefreshTokens.exceedsGrant(error)) {
            throw RefreshTokens.asPersonRequired(error);
        }
        if (RefreshTokens.isFamilyRefusal(refused, error)) {
            saver.update(attempt.key(), attempt.lease(), partition -> partition.withoutFamily(clientId()));
            return choose(read(attempt.key()), attempt);
        }
        if (!RefreshTokens.isRefused(error)) {
            throw error;
        }
        RefreshTokenEntry other = choice(dropped(refused, attempt, error), attempt);
        if (other == null || other.secret().equals(refused.secret())) {
            throw RefreshTokens.asPersonRequired(error);
        }
        return other;
    }

    /**
     * What is stored once the refused refresh token is gone, if it is dead. One that was granted for another resource may
     * have been refused for that.
     */
    private Partition dropped(RefreshTokenEntry refused, Attempt attempt, AuthException error) {
        String resource = attempt.request().resource().orElse(null);
        boolean isOfAnother = refused.resource() != null && !refused.resource().equals(resource);
        return RefreshTokens.isDead(error) && !isOfAnother
                ? saver.update(attempt.key(), attempt.lease(), partition -> partition.withRefused(refused, clientId()))
                : read(attempt.key());
    }

    private @Nullable RefreshTokenEntry choice(Partition partition, Attempt attempt) {
        return partition.refreshTokenFor(
                clientId(), attempt.request().resource().orElse(null));
    }

    private RefreshTokenEntry choose(Partition partition, Attempt attempt) {
        return RefreshTokens.required(choice(partition, attempt), attempt.correlationId());
    }

    /** While we waited for the lease somebody else may have done it all; whoever forces a refresh does not care. */
    private @Nullable Acquired renewedMeanwhile(Partition partition, Attempt attempt) {
        if (!Realms.mayTakeCachedToken(attempt.request())) {
            return null;
        }
        AccessTokenEntry token = partition.accessToken(realms.query(attempt.request(), attempt.realm()));
        if (token == null) {
            token = reducedScopes.find(attempt.call(), partition);
        }
        if (token == null) {
            return null;
        }
        Freshness freshness =
                settings.expiryRule().of(token, settings.environment().clock().millis());
        boolean good = attempt.early() ? freshness == Freshness.FRESH : freshness != Freshness.STALE;
        Origin origin = new Origin(attempt.authority().authority().toString(), true);
        return good ? new Acquired(token, partition, origin, attempt.correlationId()) : null;
    }

    private Partition read(PartitionKey key) {
        return settings.environment().store().read(key).partition();
    }

    private String clientId() {
        return settings.identity().clientId();
    }
}
