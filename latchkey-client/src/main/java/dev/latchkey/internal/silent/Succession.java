package dev.latchkey.internal.silent;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.Secret;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.Revocations;
import dev.latchkey.internal.tokens.TokenSaver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the refresh tokens when one was redeemed and the answer cannot be believed. The old one is spent: it is
 * never sent again. The new one takes its place, so that the next call can try; unless it is somebody else's, who is not
 * here to use it: then it is revoked.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final Settings settings;
    private final TokenSaver saver;
    private final Revocations revocations;

    Succession(Settings settings, Parts parts) {
        this.settings = settings;
        this.saver = parts.saver();
        this.revocations = parts.revocations();
    }

    /**
     * Settles it.
     *
     * @param spent what was sent
     * @param successor what came for it; null if nothing did
     * @param known the partition as it was before
     */
    void settle(
            RefreshTokenEntry spent,
            @Nullable RefreshTokenEntry successor,
            Partition known,
            Attempt attempt,
            RuntimeException why) {
        boolean isOfAnother = why instanceof AuthException failure
                && failure.errorCode().equals(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH);
        TokenRecord kept = new TokenRecord(null, null, null, isOfAnother ? null : successor, null);
        saver.save(attempt.key(), attempt.lease(), known, stored -> stored.withoutRefreshToken(spent)
                .save(kept, settings.environment().clock().instant()));
        if (isOfAnother && successor != null) {
            revoke(successor.secret(), attempt);
        }
    }

    /** Whoever waits for the renewal does not wait for this, and is told why that failed, not this. */
    private void revoke(Secret refreshToken, Attempt attempt) {
        try {
            settings.environment()
                    .executor()
                    .execute(() ->
                            revocations.revoke(attempt.authority(), List.of(refreshToken), attempt.correlationId()));
        } catch (RuntimeException e) {
            LOG.warn("The refresh token of somebody else was not revoked", PrintableFailure.of(e));
        }
    }
}
