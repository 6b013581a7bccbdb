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
 * Stores sessions in a token store, so that all nodes that share it serve every session. A session begins with a
 * sign-in, and ends after {@code idle} without use, or shortly after all accounts signed out. For each account the
 * store lists its sessions, including those of the application's other fronts on the same store.
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

    /** The data of a session; null if it does not exist or has ended. Reading extends its life. */
    public @Nullable SessionData read(SessionId id) {
        Blob blob = blobs.read(key(id));
        if (blob == null) {
            return null;
        }
        SessionData data = decoded(blob);
        boolean isOld = blob.expiresOn().isBefore(clock.instant().plus(idle.dividedBy(2)));
        return isOld && !data.isEmpty() ? change(id, unchanged -> unchanged) : data;
    }

    /** Like {@link #read}, but past any copy that lags behind another node's write. */
    public @Nullable SessionData readNewest(SessionId id) {
        Blob blob = blobs.readNewest(key(id));
        return blob == null ? null : decoded(blob);
    }

    /** Creates a session for a user who has signed in. */
    public SessionId create(SessionData session) {
        SessionId id = SessionId.fresh();
        blobs.change(key(id), present -> blobOf(session));
        session.accounts().forEach(account -> list(account, id));
        return id;
    }

    /**
     * Changes a session.
     *
     * @return the changed data; null if the session does not exist, in which case none is created
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
     * Changes a session and gives it a new id; the old id, which others may know, becomes invalid.
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
     * Removes a session from an account's list.
     *
     * @return true if it is certain that no other session of any front contains the account
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

    /** Whether any session of any front contains the account. */
    public boolean isInUse(AccountRef account) {
        Blob index = blobs.read(front.sessionsOf(account));
        return index != null && !alive(SessionCodec.decodeIndex(index.text())).isEmpty();
    }

    /** Removes an account from every session of every front. */
    public void removeEverywhere(AccountRef account) {
        Blob index = blobs.read(front.sessionsOf(account));
        if (index != null) {
            for (String session : SessionCodec.decodeIndex(index.text())) {
                blobs.change(Front.keyOf(session), blob -> blob == null ? null : without(account, blob));
            }
            blobs.change(front.sessionsOf(account), present -> null);
        }
    }

    /** Keeps the expiry, which is up to the front that the session belongs to. */
    private Blob without(AccountRef account, Blob session) {
        return new Blob(SessionCodec.encode(decoded(session).without(account)), session.expiresOn());
    }

    /** Calls back with the digest of each changed session, as early as the store can tell. */
    public Registration onChange(Consumer<String> listener) {
        String prefix = front.prefix();
        return blobs.onChange(key -> {
            if (key.kind() == PartitionKey.Kind.BLOB && key.id().startsWith(prefix)) {
                listener.accept(key.id().substring(prefix.length()));
            }
        });
    }

    /** Deletes expired sessions. */
    public void sweep() {
        blobs.sweep();
    }

    /** Adds a session to an account's list, unless it is there already, which is the usual case. */
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

    /** A session without accounts is kept only while the page can still fetch an outcome. */
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

    /** Outlives every listed session, including those of fronts with a longer timeout. */
    private Blob indexBlob(Set<String> sessions, @Nullable Blob before) {
        Instant until = clock.instant().plus(idle.multipliedBy(2));
        Instant lasted = before == null ? until : before.expiresOn();
        return new Blob(SessionCodec.encodeIndex(sessions), lasted.isAfter(until) ? lasted : until);
    }

    private PartitionKey key(SessionId id) {
        return front.keyOf(id);
    }
}
