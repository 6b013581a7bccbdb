package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.token.RefreshTokenGrant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.authority.ClientRequests;
import dev.latchkey.internal.authority.SpentException;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.authority.WireTarget;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.Acquired;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.TokenSaver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends one refresh token, believes the answer and stores it. */
final class Redemption {
    private final Settings settings;
    private final TokenEndpoint tokenEndpoint;
    private final TokenSaver saver;
    private final ClientRequests requests;
    private final Succession succession;
    private final RefreshScopes refreshScopes;

    Redemption(Settings settings, Parts parts) {
        this.settings = settings;
        this.tokenEndpoint = parts.tokenEndpoint();
        this.saver = parts.saver();
        this.requests = parts.requests();
        this.succession = new Succession(settings, parts);
        this.refreshScopes = new RefreshScopes(settings.identity().clientId());
    }

    /** Blocks for the new tokens, which are stored when it returns. */
    Acquired redeem(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        Scopes granted = refreshScopes.grantedLast(partition, attempt);
        TokenRequest message =
                refreshScopes.withoutIfRefused(message(refreshToken, partition, attempt), granted, attempt);
        requests.requireCredentials(attempt.authority(), attempt.correlationId());
        // From here on there is no way back: first there has to be room for what comes.
        attempt.lease().reserve();
        AuthException refusal = null;
        TokenEndpoint.Sent sent;
        try {
            sent = send(refreshToken, partition, attempt, message);
        } catch (AuthException e) {
            if (!RefreshScopes.mayBeLeftOut(message, e, granted, attempt)) {
                throw e;
            }
            refusal = e;
            sent = send(refreshToken, partition, attempt, message.withScopes(Scopes.NONE));
        }
        TokenSaver.Sought sought = sought(attempt, sent.request(), granted);
        TokenRecord record = checked(sent, sought, refreshToken, partition, attempt);
        store(refreshToken, record, sought, partition, attempt);
        if (refusal != null) {
            refreshScopes.judge(refusal, record, attempt);
        }
        return acquired(record, saver.saved(partition, record, sought), attempt);
    }

    /** What the answer holds, once everything about it is checked; if a check fails, the spent refresh token is settled. */
    private TokenRecord checked(
            TokenEndpoint.Sent sent,
            TokenSaver.Sought sought,
            RefreshTokenEntry spent,
            Partition partition,
            Attempt attempt) {
        try {
            TokenGrant grant = tokenEndpoint.verify(sent);
            return saver.record(grant, accountOf(grant, partition, attempt), sought, spent.resource());
        } catch (RuntimeException e) {
            RefreshTokenEntry successor = saver.refreshToken(sent.response(), sent.askedAt(), spent.resource());
            if (successor != null) {
                succession.settle(spent, successor, partition, attempt, e);
            }
            throw e;
        }
    }

    private TokenEndpoint.Sent send(
            RefreshTokenEntry refreshToken, Partition partition, Attempt attempt, TokenRequest message) {
        try {
            return tokenEndpoint.send(attempt.authority(), message);
        } catch (SpentException e) {
            Secret secret = e.successor();
            RefreshTokenEntry successor = secret == null
                    ? null
                    : new RefreshTokenEntry(
                            settings.identity().clientId(),
                            refreshToken.familyId(),
                            secret,
                            null,
                            refreshToken.resource());
            succession.settle(refreshToken, successor, partition, attempt, e.why());
            throw e.why();
        }
    }

    /** The token just redeemed came from the store and may be spent now: its successor always goes there. */
    private void store(
            RefreshTokenEntry spent, TokenRecord record, TokenSaver.Sought sought, Partition known, Attempt attempt) {
        TokenRecord wanted =
                TokenSaver.wanted(record, attempt.request().storeInCache().withRefreshToken());
        boolean isReplaced = record.refreshToken() != null;
        saver.save(
                attempt.key(),
                attempt.lease(),
                known,
                stored -> saver.saved(isReplaced ? stored.withoutRefreshToken(spent) : stored, wanted, sought));
    }

    /** An answer without scopes to a request without scopes grants what was granted last (RFC 6749 section 6). */
    private TokenSaver.Sought sought(Attempt attempt, TokenRequest message, @Nullable Scopes granted) {
        SilentRequest request = attempt.request();
        Scopes known =
                granted == null ? WireTarget.onWire(settings.identity(), attempt.authority(), Scopes.NONE) : granted;
        return new TokenSaver.Sought(
                message.scopes().isEmpty() ? known : message.scopes(),
                request.resource().orElse(null),
                Realms.variantOf(request),
                request.claims().isPresent() && request.cacheKeyComponent().isEmpty());
    }

    /** Subjects differ from tenant to tenant; within one they may not change (OpenID Connect Core 12.2). */
    private @Nullable String subjectOf(Partition partition, Attempt attempt) {
        IdTokenEntry known = partition.idToken(settings.identity().clientId(), attempt.realm());
        return known == null ? null : known.claims().string("sub");
    }

    /** As its ID token says; without one (OpenID Connect Core 12.2 does not ask for it) as known so far. */
    private Account accountOf(TokenGrant grant, Partition partition, Attempt attempt) {
        if (grant.idToken() == null) {
            Account stored = partition.account(attempt.realm());
            return stored == null ? attempt.call().account().inTenant(attempt.realm()) : stored;
        }
        // Under the key it has, whatever it would be called had it signed in now.
        Account account = TokenSaver.accountAt(attempt.key(), grant, attempt.authority());
        boolean isNew = partition.account(account.tenantId()) == null;
        boolean isSame = partition.isAbout(account, settings.identity().clientId(), grant.claims());
        RenewalChecks.requireSameAccount(isSame && (!isNew || isNamedSo(grant, attempt)), attempt);
        return account;
    }

    /** In a tenant where it was never seen, the account is known by its name across tenants. */
    private static boolean isNamedSo(TokenGrant grant, Attempt attempt) {
        return TokenSaver.accountOf(grant, attempt.authority())
                        .homeAccountId()
                        .equals(attempt.key().id())
                || TokenSaver.accountWithoutHint(grant, attempt.authority())
                        .homeAccountId()
                        .equals(attempt.key().id());
    }

    private Acquired acquired(TokenRecord record, Partition partition, Attempt attempt) {
        Origin origin = new Origin(attempt.authority().authority().toString(), false);
        return new Acquired(Objects.requireNonNull(record.accessToken()), partition, origin, attempt.correlationId());
    }

    private TokenRequest message(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        SilentRequest request = attempt.request();
        Settings.Identity identity = settings.identity();
        WireTarget target = WireTarget.of(
                identity,
                attempt.authority(),
                request.scopes(),
                request.resource().orElse(null));
        return new TokenRequest(
                attempt.authority().metadata().tokenEndpoint(),
                new RefreshTokenGrant(refreshToken.secret(), subjectOf(partition, attempt)),
                target.scopes(),
                target.resource(),
                ClaimsRequest.merge(request.claims().orElse(null), identity.clientCapabilities()),
                attempt.authority().isEntraShaped(),
                attempt.correlationId(),
                request.extraParameters());
    }
}
