package dev.latchkey.internal;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.environment.Settings;

/** What must hold before a refresh token is sent, and of the answer. */
final class RenewalChecks {
    private RenewalChecks() {}

    static void requireSameCloud(ResolvedAuthority authority, Account account, String correlationId) {
        if (!authority.isHomeOf(account.environment())) {
            throw new ClientConfigurationException(ErrorDetails.of(
                            ErrorCodes.AUTHORITY_MISMATCH,
                            "the account belongs to " + account.environment() + ", the authority is "
                                    + authority.authority())
                    .at(authority.authority().uri())
                    .correlationId(correlationId));
        }
    }

    static void requireLife(RefreshTokenEntry token, Attempt attempt, Settings settings) {
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

    static void requireSameAccount(Account account, Attempt attempt) {
        if (!account.partitionKey().equals(attempt.key())) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH,
                            "the refreshed tokens are somebody else's; they were not stored")
                    .at(attempt.authority().metadata().tokenEndpoint())
                    .correlationId(attempt.correlationId()));
        }
    }
}
