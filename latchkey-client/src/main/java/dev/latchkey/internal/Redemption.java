package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.environment.Settings;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one refresh token, believes the answer and stores it. */
final class Redemption {
    /** Reasons not to believe an ID token now that say nothing against the refresh token it came with. */
    private static final Set<String> PASSING = Set.of(
            ErrorCodes.ID_TOKEN_EXPIRED,
            ErrorCodes.ID_TOKEN_NOT_YET_VALID,
            ErrorCodes.ID_TOKEN_KEY_NOT_FOUND,
            ErrorCodes.ACR_MISMATCH,
            ErrorCodes.CLIENT_INFO_DECODING_ERROR);

    private final Settings settings;
    private final TokenEndpoint tokenEndpoint;
    private final TokenVault vault;
    private final Belonging belonging;

    Redemption(Settings settings, Engine.Parts parts) {
        this.settings = settings;
        this.tokenEndpoint = parts.tokenEndpoint();
        this.vault = parts.vault();
        this.belonging = parts.belonging();
    }

    /** Blocks for the new tokens, which are stored when it returns. */
    Acquired redeem(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        SilentRequest request = attempt.request();
        TokenRequest message = message(attempt);
        TokenEndpoint.Refreshed refreshed = tokenEndpoint.refresh(attempt.authority(), message, refreshToken.secret());
        TokenGrant grant = verified(attempt, partition, refreshed, message);
        TokenVault.Sought sought = sought(request, message);
        TokenRecord record = vault.record(grant, accountOf(grant, partition, attempt), sought);
        // The token just redeemed came from the store and may be spent now: its successor always goes there.
        TokenRecord wanted = TokenVault.wanted(record, request.storeInCache().withRefreshToken());
        vault.save(attempt.key(), attempt.lease(), stored -> vault.saved(stored, wanted, sought));
        return acquired(record, vault.saved(partition, record, sought), attempt);
    }

    private static TokenVault.Sought sought(SilentRequest request, TokenRequest message) {
        return new TokenVault.Sought(
                message.scopes(),
                message.resource(),
                request.variantOrNull(),
                request.hasClaims() && request.cacheKeyComponent().isEmpty());
    }

    /** If the ID token cannot be believed just now, the refresh token beside it must not be lost. */
    private TokenGrant verified(
            Attempt attempt, Partition partition, TokenEndpoint.Refreshed refreshed, TokenRequest message) {
        try {
            return tokenEndpoint.verify(refreshed, attempt.authority(), message, subjectOf(partition, attempt));
        } catch (AuthException e) {
            if (e instanceof NetworkException || e instanceof ServerException || PASSING.contains(e.errorCode())) {
                TokenRecord successor = vault.refreshTokenOnly(refreshed.response(), refreshed.askedAt());
                Instant now = settings.environment().clock().instant();
                vault.save(attempt.key(), attempt.lease(), stored -> stored.save(successor, now));
            }
            throw e;
        }
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
        Account account = TokenVault.accountAt(attempt.key(), grant, attempt.authority());
        boolean isNew = partition.account(account.tenantId()) == null;
        boolean isSame = partition.isAbout(account, settings.identity().clientId(), TokenVault.claims(grant));
        RenewalChecks.requireSameAccount(isSame && (!isNew || isNamedSo(grant, attempt)), attempt);
        return account;
    }

    /** In a tenant where it was never seen, the account is known by its name across tenants. */
    private static boolean isNamedSo(TokenGrant grant, Attempt attempt) {
        return TokenVault.accountOf(grant, attempt.authority())
                        .homeAccountId()
                        .equals(attempt.key().id())
                || TokenVault.accountWithoutHint(grant, attempt.authority())
                        .homeAccountId()
                        .equals(attempt.key().id());
    }

    private Acquired acquired(TokenRecord record, Partition partition, Attempt attempt) {
        Origin origin = new Origin(attempt.authority().authority().toString(), false);
        return new Acquired(Objects.requireNonNull(record.accessToken()), partition, origin, attempt.correlationId());
    }

    private TokenRequest message(Attempt attempt) {
        SilentRequest request = attempt.request();
        Settings.Identity identity = settings.identity();
        return new TokenRequest(
                attempt.authority().metadata().tokenEndpoint(),
                identity.clientId(),
                belonging.credentialsFor(attempt.authority().authority(), attempt.correlationId()),
                identity.onWire(request.scopes()),
                request.resource().orElse(null),
                ClaimsRequest.merge(request.claims().orElse(null), identity.clientCapabilities()),
                attempt.authority().isEntraShaped(),
                attempt.correlationId(),
                request.extraParameters());
    }
}
