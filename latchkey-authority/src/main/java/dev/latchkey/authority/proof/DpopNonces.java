package dev.latchkey.authority.proof;

import dev.latchkey.authority.token.Digests;
import java.time.Duration;
import java.time.Instant;

/** Nonces that change with time (RFC 9449 section 8). The one before is still good. */
final class DpopNonces {
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final String secret;

    DpopNonces(String secret) {
        this.secret = secret;
    }

    String at(Instant now) {
        long period = now.getEpochSecond() / PERIOD.toSeconds();
        return Digests.challenge(secret + period).substring(0, 22);
    }

    boolean isGood(String nonce, Instant now) {
        return nonce.equals(at(now)) || nonce.equals(at(now.minus(PERIOD)));
    }
}
