package dev.latchkey.core.throttle;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which requests a server does not want to see again for a while, by the whole request: one person's error
 * never blocks another's call. Thread-safe; bounded: the oldest entry goes first.
 *
 * <ul>
 *   <li>429 and 5xx, and any failure with {@code Retry-After}: for the time the server names, else {@link
 *       RetryAfter#DEFAULT}.
 *   <li>A server's "ask the person": for {@link #ASK_PERSON}, so that a loop that ignores the answer does not hammer it.
 *   <li>A token store that cannot be written: for {@link #STORE}.
 * </ul>
 *
 * @param <K> a whole request
 */
public final class ThrottleLedger<K> {
    /** How long "ask the person" is remembered; an interaction makes it forgotten at once. */
    public static final Duration ASK_PERSON = Duration.ofSeconds(30);

    /** How long a failure of the token store is remembered: short, for somebody may be making room. */
    public static final Duration STORE = Duration.ofSeconds(2);

    private static final int MOST = 1_000;

    private final Map<K, Held> held = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Held> eldest) {
            return size() > MOST;
        }
    };

    private record Held(AuthException error, Instant since, Instant until) {}

    /** Remembers nothing yet. */
    public ThrottleLedger() {}

    /** Fails as the server did if the request is held back; {@link AuthException#retryAfter()} says for how long still. */
    public void check(K request, Instant now) {
        Held entry = find(request, now);
        if (entry == null) {
            return;
        }
        ErrorDetails details = entry.error.details();
        if (entry.error instanceof InteractionRequiredAuthException) {
            throw new InteractionRequiredAuthException(details);
        }
        if (entry.error instanceof CacheException) {
            throw new CacheException(details);
        }
        throw new ServerException(details.retryAfter(Duration.between(now, entry.until)));
    }

    /** Takes note of a failure, if it is one to be remembered. */
    public void remember(K request, AuthException error, Instant now) {
        Duration wait = waitAfter(error);
        if (wait != null && !wait.isZero()) {
            synchronized (held) {
                held.remove(request);
                held.put(request, new Held(error, now, now.plus(wait)));
            }
        }
    }

    /** Forgets the requests that match: the person was asked, or signed out. */
    public void forget(Predicate<K> requests) {
        synchronized (held) {
            held.keySet().removeIf(requests);
        }
    }

    private @Nullable Held find(K request, Instant now) {
        synchronized (held) {
            Held entry = held.get(request);
            // A clock that was set back must not hold a request for longer than the server asked.
            if (entry != null && now.isBefore(entry.until) && !now.isBefore(entry.since)) {
                return entry;
            }
            held.remove(request);
            return null;
        }
    }

    private static @Nullable Duration waitAfter(AuthException error) {
        if (error.retryAfter().isPresent()) {
            return error.retryAfter().get();
        }
        if (error instanceof CacheException store) {
            return store.isOfWholeStore() ? STORE : null;
        }
        int status = error.status().orElse(0);
        if (error instanceof InteractionRequiredAuthException) {
            // What we found out ourselves, such as an empty cache, costs no server anything to find out again.
            return status == 0 ? null : ASK_PERSON;
        }
        return status == 429 || status >= 500 ? RetryAfter.DEFAULT : null;
    }
}
