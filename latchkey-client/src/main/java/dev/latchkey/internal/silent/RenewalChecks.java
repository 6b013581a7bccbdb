package dev.latchkey.internal.silent;

import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.internal.environment.Settings;

/** What must hold before a refresh token is sent, and of the answer. */
final class RenewalChecks {
    private RenewalChecks() {}

    /** Each policy of B2C keeps its own accounts: what one gave is not sent to another. */
    static void requirePolicy(Partition partition, Attempt attempt) {
        boolean isPolicy = attempt.authority().authority().kind() == AuthorityKind.B2C;
        if (isPolicy && partition.account(attempt.realm()) == null) {
            throw new InteractionRequiredAuthException(ErrorDetails.of(
                            ErrorCodes.NO_TOKENS_FOUND,
                            "the account has not signed in to the policy " + attempt.realm() + "; ask the person")
                    .correlationId(attempt.correlationId()));
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

    static void requireSameAccount(boolean isSame, Attempt attempt) {
        if (!isSame) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH,
                            "the refreshed tokens belong to another person; they were not stored")
                    .at(attempt.authority().metadata().tokenEndpoint())
                    .correlationId(attempt.correlationId()));
        }
    }
}
