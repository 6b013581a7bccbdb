package dev.latchkey.internal.authority;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.IdTokenVerifier;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.SigningKeys;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.internal.calls.SingleFlight;
import dev.latchkey.internal.environment.Aged;
import dev.latchkey.internal.environment.BoundedMap;
import dev.latchkey.internal.environment.Network;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuers' signing keys: kept for a day, read anew when none of them fits a token, but no more than once in {@link
 * #PAUSE}, so that forged tokens cannot make us hammer the issuer. If reading anew fails, those known stay good.
 */
public final class SigningKeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);
    private static final Duration KEPT = Duration.ofHours(24);
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** How many keys there may be of all endpoints together; typically an endpoint has two to ten. */
    static final int MOST = 10_000;

    private final Network network;
    private final InstantSource clock;
    private final BoundedMap<URI, Known> known = new BoundedMap<>(MOST, Known::weight);
    private final SingleFlight<URI, SigningKeys> flights = new SingleFlight<>();

    /** {@code failed} is when they were last tried to be read anew, in vain. */
    private record Known(Aged<SigningKeys> keys, @Nullable Instant failed) {
        /** An endpoint without any key takes room too. */
        int weight() {
            return 1 + keys.value().size();
        }

        boolean isGood(Duration oldest, Instant now) {
            boolean isOutage = failed != null && new Aged<>(keys, failed).isYoungerThan(PAUSE, now);
            return isOutage || keys.isYoungerThan(oldest, now);
        }
    }

    public SigningKeyRing(Network network, InstantSource clock) {
        this.network = network;
        this.clock = clock;
    }

    /** Makes sure that keys are there, so that an outage is met before a refresh token is spent. */
    public void prepare(URI endpoint, String correlationId) {
        keys(endpoint, KEPT, correlationId);
    }

    /** Verifies a token with the keys of an endpoint. */
    public VerifiedIdToken verify(RawIdToken token, URI endpoint, IdTokenExpectations expected) {
        Instant now = clock.instant();
        SigningKeys keys = keys(endpoint, KEPT, expected.correlationId());
        try {
            return IdTokenVerifier.verify(token, keys, expected, now);
        } catch (ClientAuthException e) {
            SigningKeys anew = mayBeOutdated(e) ? keys(endpoint, PAUSE, expected.correlationId()) : keys;
            if (anew == keys) {
                throw e;
            }
            return IdTokenVerifier.verify(token, anew, expected, now);
        }
    }

    /** The second where an issuer names no key, or gives a new one the old one's name. */
    private static boolean mayBeOutdated(ClientAuthException e) {
        return e.errorCode().equals(ErrorCodes.ID_TOKEN_KEY_NOT_FOUND)
                || e.errorCode().equals(ErrorCodes.ID_TOKEN_SIGNATURE_INVALID);
    }

    private SigningKeys keys(URI endpoint, Duration oldest, String correlationId) {
        SigningKeys fresh = youngerThan(oldest, endpoint);
        return fresh != null ? fresh : flights.await(endpoint, () -> read(endpoint, oldest, correlationId));
    }

    private @Nullable SigningKeys youngerThan(Duration oldest, URI endpoint) {
        Known last = known.get(endpoint);
        return last != null && last.isGood(oldest, clock.instant()) ? last.keys.value() : null;
    }

    private SigningKeys read(URI endpoint, Duration oldest, String correlationId) {
        SigningKeys fresh = youngerThan(oldest, endpoint);
        if (fresh != null) {
            return fresh;
        }
        try {
            SigningKeys keys = SigningKeys.check(
                    network.send(SigningKeys.request(endpoint), correlationId), endpoint, correlationId);
            known.put(endpoint, new Known(new Aged<>(keys, clock.instant()), null));
            return keys;
        } catch (AuthException e) {
            return lastKnown(endpoint, e);
        }
    }

    private SigningKeys lastKnown(URI endpoint, AuthException error) {
        Known last = known.get(endpoint);
        if (last == null) {
            throw error;
        }
        LOG.warn("The signing keys could not be read; using those known so far: {}", error.getMessage());
        known.put(endpoint, new Known(last.keys, clock.instant()));
        return last.keys.value();
    }
}
