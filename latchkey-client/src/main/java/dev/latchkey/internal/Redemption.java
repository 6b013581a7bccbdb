package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult.Origin;
import dev.latchkey.SilentRequest;
import dev.latchkey.StoreInCache;
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

    Redemption(Settings settings, TokenEndpoint tokenEndpoint, TokenVault vault) {
        this.settings = settings;
        this.tokenEndpoint = tokenEndpoint;
        this.vault = vault;
    }

    /** Blocks for the new tokens, which are stored when it returns. */
    Acquired redeem(RefreshTokenEntry refreshToken, Partition partition, Attempt attempt) {
        SilentRequest request = attempt.request();
        TokenRequest message = message(attempt);
        TokenEndpoint.Refreshed refreshed = tokenEndpoint.refresh(attempt.authority(), message, refreshToken.secret());
        TokenGrant grant = verified(attempt, partition, refreshed, message);
        Account account = accountOf(grant, partition, attempt);
        TokenRecord record = vault.record(
                grant, account, request.scopes(), request.resource().orElse(null));
        // The token just redeemed came from the store and may be spent now: its successor always goes there.
        StoreInCache wanted = request.storeInCache().withRefreshToken();
        vault.save(attempt.key(), attempt.lease(), TokenVault.wanted(record, wanted), true);
        return acquired(record, partition, attempt);
    }

    /** If the ID token cannot be believed just now, the refresh token beside it must not be lost. */
    private TokenGrant verified(
            Attempt attempt, Partition partition, TokenEndpoint.Refreshed refreshed, TokenRequest message) {
        try {
            return tokenEndpoint.verify(refreshed, attempt.authority(), message, subjectOf(partition, attempt));
        } catch (AuthException e) {
            if (e instanceof NetworkException || e instanceof ServerException || PASSING.contains(e.errorCode())) {
                TokenRecord successor = vault.refreshTokenOnly(refreshed.response(), refreshed.askedAt());
                vault.save(attempt.key(), attempt.lease(), successor, true);
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
        Account asked = attempt.call().account();
        if (grant.idToken() == null) {
            Account stored = partition.account(attempt.realm());
            return stored == null ? asked.inTenant(attempt.realm()) : stored;
        }
        // Under the name it is stored under already, which may be another alias of the cloud.
        Account account = vault.accountOf(grant, attempt.authority(), asked.environment());
        RenewalChecks.requireSameAccount(account, attempt);
        return account;
    }

    private Acquired acquired(TokenRecord record, Partition partition, Attempt attempt) {
        Instant now = settings.environment().clock().instant();
        Origin origin = new Origin(attempt.authority().authority().toString(), false);
        return new Acquired(
                Objects.requireNonNull(record.accessToken()),
                partition.save(record, now),
                origin,
                attempt.correlationId());
    }

    private TokenRequest message(Attempt attempt) {
        SilentRequest request = attempt.request();
        Settings.Identity identity = settings.identity();
        return new TokenRequest(
                attempt.authority().metadata().tokenEndpoint(),
                identity.clientId(),
                identity.authentication(),
                identity.onWire(request.scopes()),
                request.resource().orElse(null),
                ClaimsRequest.merge(request.claims().orElse(null), identity.clientCapabilities()),
                attempt.authority().isEntraShaped(),
                attempt.correlationId(),
                request.extraParameters());
    }
}
