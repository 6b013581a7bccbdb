package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.AccessTokenEntry;
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
import dev.latchkey.internal.tokens.RefreshTokens;
import dev.latchkey.internal.tokens.TokenSaver;
import java.net.URI;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends one refresh token, believes the answer and stores it. */
final class Redemption {
    private static final int MOST_REMEMBERED = 100;

    private final Settings settings;
    private final TokenEndpoint tokenEndpoint;
    private final TokenSaver saver;
    private final ClientRequests requests;
    private final Succession succession;

    /** The token endpoints that refuse {@code scope} at a refresh. */
    private final Set<URI> scopesRefused = ConcurrentHashMap.newKeySet();

    Redemption(Settings settings, Parts parts) {
        this.settings = settings;
        this.tokenEndpoint = parts.tokenEndpoint();
        this.saver = parts.saver();
        this.requests = parts.requests();
        this.succession = new Succession(settings, parts);
    }

    /** Blocks for the new tokens, which are stored when it returns. */
    Acquired redeem(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        Scopes granted = grantedLast(partition, attempt);
        TokenRequest message = message(refreshToken, partition, attempt);
        if (scopesRefused.contains(message.endpoint()) && granted != null && holds(granted, attempt)) {
            message = message.withScopes(Scopes.NONE);
        }
        requests.requireCredentials(attempt.authority(), attempt.correlationId());
        // From here on there is no way back: first there has to be room for what comes.
        attempt.lease().reserve();
        AuthException refusal = null;
        TokenEndpoint.Sent sent;
        try {
            sent = send(refreshToken, partition, attempt, message);
        } catch (AuthException e) {
            if (!mayLeaveOutScopes(message, e, granted, attempt)) {
                throw e;
            }
            refusal = e;
            message = message.withScopes(Scopes.NONE);
            sent = send(refreshToken, partition, attempt, message);
        }
        TokenSaver.Sought sought = sought(attempt, message, granted);
        TokenRecord record;
        try {
            TokenGrant grant = tokenEndpoint.verify(sent);
            record = saver.record(grant, accountOf(grant, partition, attempt), sought, refreshToken.resource());
        } catch (RuntimeException e) {
            RefreshTokenEntry successor = saver.refreshToken(sent.response(), sent.askedAt(), refreshToken.resource());
            if (successor != null) {
                succession.settle(refreshToken, successor, partition, attempt, e);
            }
            throw e;
        }
        store(refreshToken, record, sought, partition, attempt);
        if (refusal != null) {
            judge(refusal, record, attempt);
        }
        return acquired(record, saver.saved(partition, record, sought), attempt);
    }

    /**
     * Some authorities refuse any {@code scope} at a refresh, where it is optional (RFC 6749 section 6). Entra ID needs it,
     * and a request for more than was granted is one for the person.
     */
    private static boolean mayLeaveOutScopes(
            TokenRequest message, AuthException e, @Nullable Scopes granted, Attempt attempt) {
        return RefreshTokens.exceedsGrant(e)
                && !message.scopes().isEmpty()
                && !attempt.authority().isEntraShaped()
                && (granted == null || holds(granted, attempt));
    }

    private static boolean holds(Scopes granted, Attempt attempt) {
        return granted.containsAll(attempt.request().scopes().forLookup());
    }

    /** The parameter was refused if what was asked for came without it; else the scopes were, and the person is asked. */
    private void judge(AuthException refusal, TokenRecord record, Attempt attempt) {
        if (!holds(Objects.requireNonNull(record.accessToken()).target(), attempt)) {
            throw refusal;
        }
        if (scopesRefused.size() < MOST_REMEMBERED) {
            scopesRefused.add(attempt.authority().metadata().tokenEndpoint());
        }
    }

    /**
     * What the last access token for the tenant and resource was granted, which the refresh token that came with it, or
     * fetched it, covers; null if there is none. An earlier sign-in may have been granted what this one was not.
     */
    private @Nullable Scopes grantedLast(Partition partition, Attempt attempt) {
        String resource = attempt.request().resource().orElse(null);
        return partition.accessTokens().stream()
                .filter(token -> token.clientId().equals(settings.identity().clientId())
                        && token.realm().equalsIgnoreCase(attempt.realm())
                        && Objects.equals(token.resource(), resource))
                .max(Comparator.comparingLong(AccessTokenEntry::cachedAtMillis))
                .map(AccessTokenEntry::target)
                .orElse(null);
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
        Scopes known = granted == null
                ? settings.identity().onWire(Scopes.NONE, attempt.authority().metadata())
                : granted;
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
        boolean isSame = partition.isAbout(account, settings.identity().clientId(), TokenSaver.claims(grant));
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
