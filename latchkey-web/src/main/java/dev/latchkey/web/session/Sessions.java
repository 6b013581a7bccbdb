package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.Registration;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in a token store, so that every node that shares it serves every session. One begins when somebody has
 * signed in, and ends when nobody used it for {@code idle}, or shortly after everybody signed out. Of each account it is
 * noted which sessions it is in, those of the application's other fronts over the same store included.
 */
public final class Sessions {
    private static final Duration TIME_OF_NOTHING = Duration.ofMinutes(1);

    private final Front front;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final Duration idle;

    /** Keeps the sessions of a front. */
    public Sessions(Front front, TokenStore store, InstantSource clock, Duration idle) {
        this.front = front;
        this.blobs = new BlobStore(store, clock);
        this.clock = clock;
        this.idle = idle;
    }

    /** What is known of a session; null if it never was, or is over. Using it keeps it alive. */
    public @Nullable SessionData read(SessionId id) {
        Blob blob = blobs.read(key(id));
        if (blob == null) {
            return null;
        }
        SessionData data = decoded(blob);
        boolean isOld = blob.expiresOn().isBefore(clock.instant().plus(idle.dividedBy(2)));
        return isOld && !data.isEmpty() ? change(id, unchanged -> unchanged) : data;
    }

    /** As {@link #read}, never from a copy that lags behind what another node wrote. */
    public @Nullable SessionData readNewest(SessionId id) {
        Blob blob = blobs.readNewest(key(id));
        return blob == null ? null : decoded(blob);
    }

    /** A new session, of somebody who has signed in. */
    public SessionId create(SessionData session) {
        SessionId id = SessionId.fresh();
        blobs.change(key(id), present -> blobOf(session));
        session.accounts().forEach(account -> list(account, id));
        return id;
    }

    /**
     * Changes a session.
     *
     * @return what it is now; null if there is none, which stays so
     */
    public @Nullable SessionData change(SessionId id, UnaryOperator<SessionData> change) {
        SessionData changed = change(key(id), change);
        if (changed != null) {
            changed.accounts().forEach(account -> list(account, id));
        }
        return changed;
    }

    private @Nullable SessionData change(PartitionKey key, UnaryOperator<SessionData> change) {
        AtomicReference<@Nullable SessionData> changed = new AtomicReference<>();
        blobs.change(key, present -> {
            SessionData next = present == null ? null : change.apply(decoded(present));
            changed.set(next);
            return next == null ? null : blobOf(next);
        });
        return changed.get();
    }

    /**
     * Changes a session and gives it a new id, against whoever knows the old one, which from now on names nothing.
     *
     * @return the new id; null if the session has ended
     */
    public @Nullable SessionId rotate(SessionId old, UnaryOperator<SessionData> change) {
        SessionId fresh = SessionId.fresh();
        List<AccountRef> accounts = new ArrayList<>();
        boolean done = blobs.move(key(old), key(fresh), blob -> {
            SessionData next = change.apply(decoded(blob));
            accounts.clear();
            accounts.addAll(next.accounts());
            return blobOf(next);
        });
        if (!done) {
            return null;
        }
        for (AccountRef account : accounts) {
            list(account, fresh);
            unlist(account, old);
        }
        return fresh;
    }

    /** Ends a session. */
    public void end(SessionId id) {
        Blob blob = blobs.read(key(id));
        if (blob != null) {
            decoded(blob).accounts().forEach(account -> unlist(account, id));
        }
        blobs.change(key(id), present -> null);
    }

    /**
     * Notes that an account has left a session.
     *
     * @return true if it is certain that no other session of any front has it
     */
    public boolean unlist(AccountRef account, SessionId id) {
        boolean[] last = new boolean[1];
        blobs.change(front.sessionsOf(account), present -> {
            Set<String> all = present == null ? Set.of() : SessionCodec.decodeIndex(present.text());
            Set<String> rest = alive(all);
            rest.remove(front.nameOf(id));
            last[0] = all.contains(front.nameOf(id)) && rest.isEmpty();
            return rest.isEmpty() ? null : indexBlob(rest, present);
        });
        return last[0];
    }

    /** Whether some session of some front has the account. */
    public boolean isInUse(AccountRef account) {
        Blob index = blobs.read(front.sessionsOf(account));
        return index != null && !alive(SessionCodec.decodeIndex(index.text())).isEmpty();
    }

    /** Takes an account out of every session of every front. */
    public void removeEverywhere(AccountRef account) {
        Blob index = blobs.read(front.sessionsOf(account));
        if (index != null) {
            for (String session : SessionCodec.decodeIndex(index.text())) {
                blobs.change(Front.keyOf(session), blob -> blob == null ? null : without(account, blob));
            }
            blobs.change(front.sessionsOf(account), present -> null);
        }
    }

    /** How long a session of another front lasts is for that one to say. */
    private Blob without(AccountRef account, Blob session) {
        return new Blob(SessionCodec.encode(decoded(session).without(account)), session.expiresOn());
    }

    /** Calls back with the digest of each session that changed, as early as the store can tell. */
    public Registration onChange(Consumer<String> listener) {
        String prefix = front.prefix();
        return blobs.onChange(key -> {
            if (key.kind() == PartitionKey.Kind.BLOB && key.id().startsWith(prefix)) {
                listener.accept(key.id().substring(prefix.length()));
            }
        });
    }

    /** Deletes what is over. */
    public void sweep() {
        blobs.sweep();
    }

    /** Notes that an account is in use by a session; mostly that is noted already. */
    private void list(AccountRef account, SessionId id) {
        PartitionKey key = front.sessionsOf(account);
        Blob present = blobs.read(key);
        if (present != null
                && present.expiresOn().isAfter(clock.instant().plus(idle))
                && SessionCodec.decodeIndex(present.text()).contains(front.nameOf(id))) {
            return;
        }
        blobs.change(key, index -> {
            Set<String> all = alive(index == null ? Set.of() : SessionCodec.decodeIndex(index.text()));
            all.add(front.nameOf(id));
            return indexBlob(all, index);
        });
    }

    private Set<String> alive(Set<String> sessions) {
        Set<String> alive = new LinkedHashSet<>(sessions);
        alive.removeIf(session -> blobs.read(Front.keyOf(session)) == null);
        return alive;
    }

    private SessionData decoded(Blob blob) {
        return SessionCodec.decode(blob.text()).pruned(clock.instant());
    }

    /** A session of nobody is remembered only as long as a page may fetch something of it. */
    private Blob blobOf(SessionData session) {
        Instant until = clock.instant().plus(idle);
        if (session.accounts().isEmpty()) {
            until = session.outcomes().stream()
                    .map(Outcome::expiresOn)
                    .max(Comparator.naturalOrder())
                    .orElse(clock.instant().plus(TIME_OF_NOTHING));
        }
        return new Blob(SessionCodec.encode(session.pruned(clock.instant())), until);
    }

    /** Outlives every session it lists, and those of a front whose sessions last longer. */
    private Blob indexBlob(Set<String> sessions, @Nullable Blob before) {
        Instant until = clock.instant().plus(idle.multipliedBy(2));
        Instant lasted = before == null ? until : before.expiresOn();
        return new Blob(SessionCodec.encodeIndex(sessions), lasted.isAfter(until) ? lasted : until);
    }

    private PartitionKey key(SessionId id) {
        return front.keyOf(id);
    }
}
