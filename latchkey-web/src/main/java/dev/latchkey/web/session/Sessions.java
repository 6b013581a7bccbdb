package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Note;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in a token store, so that every node that shares it serves every session. Changes are made by
 * compare-and-set. A session ends when nobody used it for {@code idle}; sign-ins under way end by their own time.
 */
public final class Sessions {
    private static final int MOST_RACES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TIME_OF_NOTHING = Duration.ofMinutes(1);

    private final TokenStore store;
    private final InstantSource clock;
    private final Duration idle;

    /** Keeps them in this store. */
    public Sessions(TokenStore store, InstantSource clock, Duration idle) {
        this.store = store;
        this.clock = clock;
        this.idle = idle;
    }

    /** What is known of a session; null if it never was, or is over. Using it keeps it alive. */
    public @Nullable SessionData read(SessionId id) {
        Note note = noteOf(id.key());
        if (note == null) {
            return null;
        }
        SessionData session = SessionCodec.decode(note.text());
        if (note.expiresOn().isBefore(clock.instant().plus(idle.dividedBy(2)))) {
            prolong(id, session);
        }
        return session;
    }

    /** As {@link #read}, never from a copy that lags behind what another node wrote. */
    public @Nullable SessionData readNewest(SessionId id) {
        try (Lease lease = store.lease(id.key(), PATIENCE)) {
            Note note = noteOf(lease.key());
            return note == null ? null : SessionCodec.decode(note.text());
        }
    }

    /** A new session. */
    public SessionId create(SessionData session) {
        SessionId id = SessionId.fresh();
        write(id.key(), present -> noteOf(session));
        session.accounts().forEach(account -> note(account, id));
        return id;
    }

    /**
     * Changes a session.
     *
     * @return what it is now; null if there is none, which stays so
     */
    public @Nullable SessionData change(SessionId id, UnaryOperator<SessionData> change) {
        AtomicReference<@Nullable SessionData> changed = new AtomicReference<>();
        write(id.key(), present -> {
            if (present == null) {
                changed.set(null);
                return null;
            }
            SessionData next = change.apply(SessionCodec.decode(present));
            changed.set(next);
            return noteOf(next);
        });
        return changed.get();
    }

    /** Gives a session a new id, against whoever knows the old one: from now on that one names nothing. */
    public SessionId rotate(SessionId old, SessionData session) {
        SessionId fresh = create(session);
        end(old);
        return fresh;
    }

    /** Ends a session. */
    public void end(SessionId id) {
        Note note = noteOf(id.key());
        if (note != null) {
            SessionCodec.decode(note.text()).accounts().forEach(account -> drop(account, id));
        }
        write(id.key(), present -> null);
    }

    /** Takes an account out of the list of sessions it is in; true if this was the last that is alive. */
    public boolean drop(AccountRef account, SessionId id) {
        Map<String, Instant> rest = new LinkedHashMap<>();
        write(indexOf(account), present -> {
            rest.clear();
            rest.putAll(alive(present));
            rest.remove(id.digest());
            return rest.isEmpty() ? null : indexNote(rest);
        });
        return rest.isEmpty();
    }

    /** Notes that an account is in use by a session. */
    public void note(AccountRef account, SessionId id) {
        write(indexOf(account), present -> {
            Map<String, Instant> all = alive(present);
            all.put(id.digest(), clock.instant().plus(idle));
            return indexNote(all);
        });
    }

    /** Calls back when a session changed, as early as the store can tell. */
    public Registration onChange(SessionId id, Runnable listener) {
        PartitionKey key = id.key();
        return store.onChange(changed -> {
            if (changed.equals(key)) {
                listener.run();
            }
        });
    }

    /** Deletes what is over: for stores that do not sweep themselves. */
    public void sweep() {
        Instant now = clock.instant();
        for (PartitionKey key : store.list()) {
            if (key.kind() == PartitionKey.Kind.NOTE) {
                StoredPartition stored = store.read(key);
                if (!stored.isAbsent() && !stored.partition().isUsable(now)) {
                    store.delete(key, stored.version());
                }
            }
        }
    }

    private void prolong(SessionId id, SessionData session) {
        change(id, unchanged -> unchanged);
        session.accounts().forEach(account -> note(account, id));
    }

    private Map<String, Instant> alive(@Nullable String index) {
        Map<String, Instant> all =
                index == null ? new LinkedHashMap<>() : new LinkedHashMap<>(SessionCodec.decodeIndex(index));
        all.values().removeIf(until -> !until.isAfter(clock.instant()));
        return all;
    }

    /** Who has not signed in is remembered only as long as the sign-in may take. */
    private Note noteOf(SessionData session) {
        Instant until = clock.instant().plus(idle);
        if (session.accounts().isEmpty()) {
            until = session.interactions().stream()
                    .map(Interaction::expiresOn)
                    .max(Comparator.naturalOrder())
                    .orElse(clock.instant().plus(TIME_OF_NOTHING));
        }
        return new Note(SessionCodec.encode(session), until);
    }

    private Note indexNote(Map<String, Instant> sessions) {
        return new Note(SessionCodec.encodeIndex(sessions), clock.instant().plus(idle));
    }

    private static PartitionKey indexOf(AccountRef account) {
        return PartitionKey.note("web-account-" + SessionId.digest(account.key().value()));
    }

    private @Nullable Note noteOf(PartitionKey key) {
        Note note = store.read(key).partition().note();
        return note == null || !note.expiresOn().isAfter(clock.instant()) ? null : note;
    }

    /** Writes what the change makes of the text that is there; null means nothing, before and after. */
    private void write(PartitionKey key, Function<@Nullable String, @Nullable Note> change) {
        for (int race = 0; race < MOST_RACES; race++) {
            StoredPartition stored = store.read(key);
            Note note = stored.partition().note();
            String present = note == null || !note.expiresOn().isAfter(clock.instant()) ? null : note.text();
            Note next = change.apply(present);
            if (next == null && stored.isAbsent()) {
                return;
            }
            Partition partition = next == null ? Partition.EMPTY : Partition.of(next);
            if (store.write(key, stored.version(), partition, null)) {
                return;
            }
        }
        throw new CacheException(
                ErrorCodes.CACHE_UNAVAILABLE, "the session is written by others without pause; try again");
    }
}
