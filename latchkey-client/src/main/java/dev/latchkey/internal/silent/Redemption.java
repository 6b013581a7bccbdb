package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.token.RefreshTokenGrant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.authority.ClientRequests;
import dev.latchkey.internal.authority.SpentException;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.authority.TokenGrant;
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

    Redemption(Settings settings, Parts parts) {
        this.settings = settings;
        this.tokenEndpoint = parts.tokenEndpoint();
        this.saver = parts.saver();
        this.requests = parts.requests();
        this.succession = new Succession(settings, parts);
    }

    /** Blocks for the new tokens, which are stored when it returns. */
    Acquired redeem(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        TokenRequest message = message(refreshToken, partition, attempt);
        requests.requireCredentials(attempt.authority(), attempt.correlationId());
        // From here on there is no way back: first there has to be room for what comes.
        attempt.lease().reserve();
        TokenEndpoint.Sent sent = send(refreshToken, partition, attempt, message);
        TokenSaver.Sought sought = sought(attempt.request(), message);
        TokenRecord record;
        try {
            TokenGrant grant = tokenEndpoint.verify(sent);
            record = saver.record(grant, accountOf(grant, partition, attempt), sought);
        } catch (RuntimeException e) {
            RefreshTokenEntry successor = saver.refreshToken(sent.response(), sent.askedAt());
            if (successor != null) {
                succession.settle(refreshToken, successor, partition, attempt, e);
            }
            throw e;
        }
        store(refreshToken, record, sought, partition, attempt);
        return acquired(record, saver.saved(partition, record, sought), attempt);
    }

    private TokenEndpoint.Sent send(
            RefreshTokenEntry refreshToken, Partition partition, Attempt attempt, TokenRequest message) {
        try {
            return tokenEndpoint.send(attempt.authority(), message);
        } catch (SpentException e) {
            Secret secret = e.successor();
            RefreshTokenEntry successor = secret == null
                    ? null
                    : new RefreshTokenEntry(settings.identity().clientId(), refreshToken.familyId(), secret, null);
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

    private static TokenSaver.Sought sought(SilentRequest request, TokenRequest message) {
        return new TokenSaver.Sought(
                message.scopes(),
                message.resource(),
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
        return new TokenRequest(
                attempt.authority().metadata().tokenEndpoint(),
                new RefreshTokenGrant(refreshToken.secret(), subjectOf(partition, attempt)),
                identity.onWire(request.scopes()),
                request.resource().orElse(null),
                ClaimsRequest.merge(request.claims().orElse(null), identity.clientCapabilities()),
                attempt.authority().isEntraShaped(),
                attempt.correlationId(),
                request.extraParameters());
    }
}
