package dev.latchkey.internal;

import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.IdTokenVerifier;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.SigningKeys;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The issuers' signing keys: kept for a day, read anew when a token names a key that is not among them, but no more than
 * once in {@link #PAUSE}, so that forged tokens cannot make us hammer the issuer.
 */
final class SigningKeyRing {
    private static final Duration KEPT = Duration.ofHours(24);
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final Network network;
    private final InstantSource clock;
    private final ConcurrentHashMap<URI, Known> known = new ConcurrentHashMap<>();
    private final SingleFlight<URI, SigningKeys> flights = new SingleFlight<>();

    private record Known(SigningKeys keys, Instant readAt) {}

    SigningKeyRing(Network network, InstantSource clock) {
        this.network = network;
        this.clock = clock;
    }

    /** Makes sure that keys are there, so that an outage is met before a refresh token is spent. */
    void prepare(URI endpoint, String correlationId) {
        keys(endpoint, KEPT, correlationId);
    }

    /** Verifies a token with the keys of an endpoint. */
    VerifiedIdToken verify(RawIdToken token, URI endpoint, IdTokenExpectations expected) {
        Instant now = clock.instant();
        SigningKeys keys = keys(endpoint, KEPT, expected.correlationId());
        try {
            return IdTokenVerifier.verify(token, keys, expected, now);
        } catch (ClientAuthException e) {
            if (!e.errorCode().equals(ErrorCodes.ID_TOKEN_KEY_NOT_FOUND)) {
                throw e;
            }
            SigningKeys anew = keys(endpoint, PAUSE, expected.correlationId());
            if (anew == keys) {
                throw e;
            }
            return IdTokenVerifier.verify(token, anew, expected, now);
        }
    }

    private SigningKeys keys(URI endpoint, Duration oldest, String correlationId) {
        Known last = known.get(endpoint);
        if (last != null && clock.instant().isBefore(last.readAt.plus(oldest))) {
            return last.keys;
        }
        return flights.await(endpoint, () -> read(endpoint, oldest, correlationId));
    }

    private SigningKeys read(URI endpoint, Duration oldest, String correlationId) {
        Known last = known.get(endpoint);
        if (last != null && clock.instant().isBefore(last.readAt.plus(oldest))) {
            return last.keys;
        }
        SigningKeys keys =
                SigningKeys.check(network.send(SigningKeys.request(endpoint), correlationId), endpoint, correlationId);
        known.put(endpoint, new Known(keys, clock.instant()));
        return keys;
    }
}
