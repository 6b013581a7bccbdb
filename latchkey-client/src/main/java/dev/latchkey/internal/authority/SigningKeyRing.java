package dev.latchkey.internal.authority;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.IdTokenVerifier;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.SigningKeys;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.internal.calls.SingleFlight;
import dev.latchkey.internal.environment.Aged;
import dev.latchkey.internal.environment.BoundedMap;
import dev.latchkey.internal.environment.Network;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuers' signing keys: kept for a day, and read anew when none of them fits a token (OpenID Connect Core 10.1.1). They
 * are read anew no more than once in {@link #PAUSE}, so that forged tokens cannot make us hammer the issuer; the first time
 * is always allowed, because an issuer may change its keys just after they were read. If reading anew fails, those known
 * stay good.
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

    /** {@code again} is when they were last read before their time, or in vain; null if they never were. */
    private record Known(Aged<SigningKeys> keys, @Nullable Instant again) {
        /** An endpoint without any key takes room too. */
        int weight() {
            return 1 + keys.value().size();
        }

        boolean isGood(boolean anew, Instant now) {
            boolean isPause = again != null && new Aged<>(keys, again).isYoungerThan(PAUSE, now);
            return isPause || (!anew && keys.isYoungerThan(KEPT, now));
        }
    }

    public SigningKeyRing(Network network, InstantSource clock) {
        this.network = network;
        this.clock = clock;
    }

    /** Makes sure that keys are there, so that an outage is met before a refresh token is spent. */
    void prepare(KeyEndpoints endpoints, String correlationId) {
        keys(endpoints.shared(), false, correlationId);
    }

    /** Verifies an ID token with the keys of its issuer. */
    VerifiedIdToken verify(RawIdToken token, KeyEndpoints endpoints, IdTokenExpectations expected) {
        Instant now = clock.instant();
        return verify(endpoints, expected, keys -> IdTokenVerifier.verify(token, keys, expected, now));
    }

    /** Verifies signed user info with the keys of its issuer. */
    JsonObject verifyUserInfo(RawIdToken token, KeyEndpoints endpoints, IdTokenExpectations expected) {
        Instant now = clock.instant();
        return verify(endpoints, expected, keys -> IdTokenVerifier.verifyUserInfo(token, keys, expected, now));
    }

    private <T> T verify(KeyEndpoints endpoints, IdTokenExpectations expected, Function<SigningKeys, T> verification) {
        if (expected.signature().isSymmetric()) {
            return verification.apply(SigningKeys.NONE);
        }
        Set<SigningKeys> tried = Collections.newSetFromMap(new IdentityHashMap<>());
        ClientAuthException failure = null;
        for (Supplier<SigningKeys> source : sources(endpoints, expected.correlationId())) {
            SigningKeys keys = source.get();
            if (tried.add(keys)) {
                try {
                    return verification.apply(keys);
                } catch (ClientAuthException e) {
                    failure = outdated(e);
                }
            }
        }
        throw Objects.requireNonNull(failure);
    }

    /** Of no use is another key where one was found and something else is wrong. */
    private static ClientAuthException outdated(ClientAuthException e) {
        // The second where an issuer names no key, or gives a new one the old one's name.
        if (!e.errorCode().equals(ErrorCodes.ID_TOKEN_KEY_NOT_FOUND)
                && !e.errorCode().equals(ErrorCodes.ID_TOKEN_SIGNATURE_INVALID)) {
            throw e;
        }
        return e;
    }

    /** In the order in which they are tried: what is known costs nothing. */
    private List<Supplier<SigningKeys>> sources(KeyEndpoints endpoints, String correlationId) {
        URI shared = endpoints.shared();
        URI own = endpoints.own();
        boolean isOwnKnown = own != null && known.get(own) != null;
        List<Supplier<SigningKeys>> sources = new ArrayList<>();
        sources.add(() -> keys(shared, false, correlationId));
        if (own != null) {
            sources.add(() -> ownKeys(own, false, correlationId));
        }
        sources.add(() -> keys(shared, true, correlationId));
        if (own != null && isOwnKnown) {
            sources.add(() -> ownKeys(own, true, correlationId));
        }
        return sources;
    }

    /** That a client has no keys of its own, or that they cannot be read, leaves those of all clients good. */
    private SigningKeys ownKeys(URI endpoint, boolean anew, String correlationId) {
        try {
            return keys(endpoint, anew, correlationId);
        } catch (AuthException e) {
            LOG.warn("The client's own signing keys could not be read: {}", e.getMessage());
            known.put(endpoint, new Known(new Aged<>(SigningKeys.NONE, Instant.EPOCH), clock.instant()));
            return SigningKeys.NONE;
        }
    }

    private SigningKeys keys(URI endpoint, boolean anew, String correlationId) {
        SigningKeys good = good(endpoint, anew);
        return good != null ? good : flights.await(endpoint, () -> read(endpoint, anew, correlationId));
    }

    private @Nullable SigningKeys good(URI endpoint, boolean anew) {
        Known last = known.get(endpoint);
        return last != null && last.isGood(anew, clock.instant()) ? last.keys.value() : null;
    }

    private SigningKeys read(URI endpoint, boolean anew, String correlationId) {
        SigningKeys good = good(endpoint, anew);
        if (good != null) {
            return good;
        }
        try {
            SigningKeys keys = SigningKeys.check(
                    network.send(SigningKeys.request(endpoint), correlationId), endpoint, correlationId);
            Instant now = clock.instant();
            known.put(endpoint, new Known(new Aged<>(keys, now), anew ? now : null));
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
