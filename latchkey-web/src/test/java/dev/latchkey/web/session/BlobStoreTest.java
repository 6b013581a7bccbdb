package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Blobs with concurrent writers: no change is lost, and a writer that keeps losing gives up. */
final class BlobStoreTest {
    private static final PartitionKey KEY = PartitionKey.blob("one");
    private static final PartitionKey OTHER = PartitionKey.blob("two");

    private final VirtualClock clock = VirtualClock.atPresent();
    private final CountingStore store = new CountingStore();
    private final BlobStore blobs = new BlobStore(store, clock);

    private Blob blob(String text, long seconds) {
        return new Blob(text, clock.instant().plusSeconds(seconds));
    }

    private void write(PartitionKey key, Blob blob) {
        blobs.change(key, present -> blob);
    }

    @Test
    void note_untilItsTime_isRead() {
        write(KEY, blob("a", 2));

        clock.advance(Duration.ofSeconds(1));
        assertThat(blobs.read(KEY)).isNotNull();
        assertThat(blobs.readNewest(KEY)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThat(blobs.read(KEY)).isNull();
        assertThat(blobs.readNewest(KEY)).isNull();
    }

    @Test
    void newest_isReadPastMemory() {
        write(KEY, blob("a", 60));

        blobs.readNewest(KEY);
        assertThat(store.peeks).hasValue(0);

        blobs.read(KEY);
        assertThat(store.peeks).hasValue(1);
    }

    @Test
    void change_thatChangesNothing_isNotWritten() {
        write(KEY, blob("a", 60));
        int writes = store.writes.get();

        blobs.change(KEY, present -> present);
        blobs.change(OTHER, present -> null);

        assertThat(store.writes).hasValue(writes);
    }

    @Test
    void change_toNothing_deletes() {
        write(KEY, blob("a", 60));

        blobs.change(KEY, present -> null);

        assertThat(store.list()).isEmpty();
    }

    @Test
    void change_thatLosesRaces_isTriedAgainOnWhatIsThereThen() {
        write(KEY, blob("a", 60));
        store.races.set(99);

        blobs.change(KEY, present -> blob(present.text() + "b", 60));

        assertThat(blobs.read(KEY).text()).isEqualTo("ab");
    }

    @Test
    void change_thatLosesAHundredRaces_isAFailureOfTheStore() {
        store.races.set(100);

        assertThatThrownBy(() -> write(KEY, blob("a", 60))).isInstanceOf(CacheException.class);
        assertThat(store.writes).hasValue(100);
    }

    @Test
    void move_leavesNothingUnderTheOldKey() {
        write(KEY, blob("a", 60));

        assertThat(blobs.move(KEY, OTHER, blob -> blob(blob.text() + "b", 60))).isTrue();

        assertThat(blobs.read(OTHER).text()).isEqualTo("ab");
        assertThat(store.list()).containsExactly(OTHER);
    }

    @Test
    void move_ofWhatIsOverOrGone_leavesNothingUnderTheNewKey() {
        write(KEY, blob("a", 1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(blobs.move(KEY, OTHER, blob -> blob)).isFalse();
        assertThat(blobs.read(OTHER)).isNull();
    }

    /** The session was ended concurrently. */
    @Test
    void move_ofWhatGoesMeanwhile_takesBackWhatItWrote() {
        write(KEY, blob("a", 60));

        boolean moved = blobs.move(KEY, OTHER, blob -> {
            blobs.change(KEY, present -> null);
            return blob;
        });

        assertThat(moved).isFalse();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void move_ofWhatChangesMeanwhile_bringsTheChange() {
        write(KEY, blob("a", 60));
        boolean[] changed = new boolean[1];

        blobs.move(KEY, OTHER, blob -> {
            if (!changed[0]) {
                changed[0] = true;
                write(KEY, blob("changed", 60));
            }
            return blob;
        });

        assertThat(blobs.read(OTHER).text()).isEqualTo("changed");
        assertThat(store.list()).containsExactly(OTHER);
    }

    @Test
    void move_thatLosesEveryRace_leavesItAsItWas() {
        write(KEY, blob("a", 60));
        int[] tries = new int[1];

        assertThatThrownBy(() -> blobs.move(KEY, OTHER, blob -> {
                    // A concurrent writer is faster before each deletion.
                    tries[0]++;
                    write(KEY, blob("a" + tries[0], 60));
                    return blob;
                }))
                .isInstanceOf(CacheException.class);

        assertThat(tries).containsExactly(50);
        assertThat(store.list()).containsExactly(KEY);
    }

    @Test
    void sweep_leavesWhatIsAliveWhatIsNoBlobAndWhatCannotBeRead() {
        PartitionKey user = PartitionKey.user("op.example", "alice");
        PartitionKey broken = PartitionKey.blob("broken");
        write(KEY, blob("a", 1));
        write(OTHER, blob("b", 60));
        write(broken, blob("c", 1));
        store.write(user, 0, Partition.of(blob("d", 1)), null);
        clock.advance(Duration.ofSeconds(1));
        store.broken = broken;

        blobs.sweep();

        assertThat(store.list()).containsExactlyInAnyOrder(OTHER, user, broken);
    }
}
