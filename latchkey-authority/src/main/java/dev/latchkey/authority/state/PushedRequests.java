package dev.latchkey.authority.state;

import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.token.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Authorization requests that clients have pushed (RFC 9126); each is good for one use. */
public final class PushedRequests {
    /** How long one can be used. */
    public static final Duration LIFETIME = Duration.ofSeconds(90);

    /** What its addresses begin with. */
    public static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    private static final int MAX_REQUESTS = 5_000;

    private final BoundedStore<Pushed> requests = new BoundedStore<>(MAX_REQUESTS);
    private final Entropy entropy;

    PushedRequests(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Keeps a request and gives its {@code request_uri}. */
    public String push(String clientId, Params params, Instant now) {
        String uri = PREFIX + entropy.token();
        requests.put(uri, new Pushed(clientId, params, now.plus(LIFETIME)));
        return uri;
    }

    /** Takes a request out, if it is this client's and not too old. */
    public Optional<Params> take(String uri, String clientId, Instant now) {
        return requests.remove(uri)
                .filter(pushed -> pushed.clientId().equals(clientId))
                .filter(pushed -> now.isBefore(pushed.expiresAt()))
                .map(Pushed::params);
    }

    void clear() {
        requests.clear();
    }

    private record Pushed(String clientId, Params params, Instant expiresAt) {}
}
