package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The front's key: one blob in the store, created by the first node that needs it and shared by all. It is cached in
 * memory, so that the store is read once, and rewritten if the store lost it. Thread-safe.
 */
public final class FrontKeys {
    private static final Duration LIFE = Duration.ofDays(30);

    private final PartitionKey place;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile @Nullable FrontKey current;
    private volatile @Nullable FrontKey previous;

    /** The keys of a front. */
    public FrontKeys(Front front, TokenStore store, InstantSource clock, SecureRandom random) {
        this.place = front.keyOfKey();
        this.blobs = new BlobStore(store, clock);
        this.clock = clock;
        this.random = random;
    }

    /** The key to seal with. */
    FrontKey current() {
        FrontKey known = current;
        return known == null ? adopt(agree(FrontKey.fresh(random))) : known;
    }

    /** The key with this name, including this node's previous one; null if neither memory nor the store has it. */
    @Nullable
    FrontKey named(int name) {
        FrontKey known = known(name);
        if (known != null) {
            return known;
        }
        Blob blob = blobs.read(place);
        FrontKey stored = blob == null ? null : FrontKey.read(blob.text());
        return stored == null || stored.name() != name ? null : adopt(stored);
    }

    /** Ensures that the store still has the key, for nodes that start later. */
    public void keep() {
        FrontKey known = current;
        if (known != null) {
            adopt(agree(known));
        }
    }

    private @Nullable FrontKey known(int name) {
        FrontKey now = current;
        FrontKey before = previous;
        if (now != null && now.name() == name) {
            return now;
        }
        return before != null && before.name() == name ? before : null;
    }

    /** The key in the store, which becomes the offered one if there is none. */
    private FrontKey agree(FrontKey offered) {
        FrontKey[] agreed = {offered};
        blobs.change(place, present -> {
            FrontKey key = present == null ? offered : FrontKey.read(present.text());
            agreed[0] = key;
            Instant now = clock.instant();
            boolean lasts = present != null && present.expiresOn().isAfter(now.plus(LIFE.dividedBy(2)));
            return lasts ? present : new Blob(key.write(), now.plus(LIFE));
        });
        return agreed[0];
    }

    /** Cookies sealed with the previous key can still be opened on this node. */
    private synchronized FrontKey adopt(FrontKey key) {
        FrontKey before = current;
        if (before == null || before.name() != key.name()) {
            previous = before;
            current = key;
        }
        return key;
    }
}
