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
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which requests a server does not want to see again for a while, by the whole request: one person's error
 * never blocks another's call. Thread-safe.
 *
 * <ul>
 *   <li>429 and 5xx, and any failure with {@code Retry-After}: for the time the server names, else {@link
 *       RetryAfter#DEFAULT}.
 *   <li>A server's "ask the person": for {@link #ASK_PERSON}, so that a loop that ignores the answer does not hammer it.
 *   <li>A token store that cannot be written: for {@link #STORE}.
 * </ul>
 *
 * <p>Bounded: {@value #MOST_OF_ONE} requests of one owner, {@value #MOST} of all. The oldest go first, of an owner with
 * too many that owner's, so that nobody makes the others' forgotten by asking for many things.
 *
 * @param <K> a whole request
 */
public final class ThrottleLedger<K> {
    /** How long "ask the person" is remembered; an interaction makes it forgotten at once. */
    public static final Duration ASK_PERSON = Duration.ofSeconds(30);

    /** How long a failure of the token store is remembered: short, for somebody may be making room. */
    public static final Duration STORE = Duration.ofSeconds(2);

    private static final int MOST = 5_000;
    private static final int MOST_OF_ONE = 50;

    private final Function<? super K, ?> ownerOf;

    /** From the owner on who was added to longest ago; of each, from the oldest on. */
    private final Map<Object, Map<K, Held>> byOwner = new LinkedHashMap<>();

    private int size;

    private record Held(AuthException error, Instant since, Instant until) {}

    /** Remembers nothing yet; each request is an owner of its own. */
    public ThrottleLedger() {
        this(request -> request);
    }

    /** Remembers nothing yet; {@code ownerOf} tells whose a request is. */
    public ThrottleLedger(Function<? super K, ?> ownerOf) {
        this.ownerOf = ownerOf;
    }

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
            keep(request, new Held(error, now, now.plus(wait)));
        }
    }

    private synchronized void keep(K request, Held entry) {
        Object owner = ownerOf.apply(request);
        drop(owner, request);
        Map<K, Held> own = byOwner.remove(owner);
        if (own == null) {
            own = new LinkedHashMap<>();
        }
        byOwner.put(owner, own);
        own.put(request, entry);
        size++;
        if (own.size() > MOST_OF_ONE) {
            drop(owner, own.keySet().iterator().next());
        } else if (size > MOST) {
            Map.Entry<Object, Map<K, Held>> oldest =
                    byOwner.entrySet().iterator().next();
            drop(oldest.getKey(), oldest.getValue().keySet().iterator().next());
        }
    }

    private void drop(Object owner, K request) {
        Map<K, Held> own = byOwner.get(owner);
        if (own != null && own.remove(request) != null) {
            size--;
            if (own.isEmpty()) {
                byOwner.remove(owner);
            }
        }
    }

    /** Forgets the requests that match: the person was asked, or signed out. */
    public synchronized void forget(Predicate<K> requests) {
        byOwner.values().forEach(own -> {
            int before = own.size();
            own.keySet().removeIf(requests);
            size -= before - own.size();
        });
        byOwner.values().removeIf(Map::isEmpty);
    }

    private synchronized @Nullable Held find(K request, Instant now) {
        Object owner = ownerOf.apply(request);
        Map<K, Held> own = byOwner.get(owner);
        Held entry = own == null ? null : own.get(request);
        // A clock that was set back must not hold a request for longer than the server asked.
        if (entry != null && now.isBefore(entry.until) && !now.isBefore(entry.since)) {
            return entry;
        }
        drop(owner, request);
        return null;
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
