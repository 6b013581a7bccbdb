package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Note;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Notes that others write too: no change is lost, and what loses every race gives up. */
final class NotesTest {
    private static final PartitionKey KEY = PartitionKey.note("one");
    private static final PartitionKey OTHER = PartitionKey.note("two");

    private final VirtualClock clock = VirtualClock.atPresent();
    private final CountingStore store = new CountingStore();
    private final Notes notes = new Notes(store, clock);

    private Note note(String text, long seconds) {
        return new Note(text, clock.instant().plusSeconds(seconds));
    }

    private void write(PartitionKey key, Note note) {
        notes.change(key, present -> note);
    }

    @Test
    void note_untilItsTime_isRead() {
        write(KEY, note("a", 2));

        clock.advance(Duration.ofSeconds(1));
        assertThat(notes.read(KEY)).isNotNull();
        assertThat(notes.readNewest(KEY)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThat(notes.read(KEY)).isNull();
        assertThat(notes.readNewest(KEY)).isNull();
    }

    @Test
    void newest_isReadUnderALeaseThatIsGivenBack() {
        write(KEY, note("a", 60));

        notes.readNewest(KEY);

        assertThat(store.leases).hasValue(1);
        store.lease(KEY, Duration.ZERO).close();
    }

    @Test
    void change_thatChangesNothing_isNotWritten() {
        write(KEY, note("a", 60));
        int writes = store.writes.get();

        notes.change(KEY, present -> present);
        notes.change(OTHER, present -> null);

        assertThat(store.writes).hasValue(writes);
    }

    @Test
    void change_toNothing_deletes() {
        write(KEY, note("a", 60));

        notes.change(KEY, present -> null);

        assertThat(store.list()).isEmpty();
    }

    @Test
    void change_thatLosesRaces_isTriedAgainOnWhatIsThereThen() {
        write(KEY, note("a", 60));
        store.races.set(49);

        notes.change(KEY, present -> note(present.text() + "b", 60));

        assertThat(notes.read(KEY).text()).isEqualTo("ab");
    }

    @Test
    void change_thatLosesFiftyRaces_isAFailureOfTheStore() {
        store.races.set(50);

        assertThatThrownBy(() -> write(KEY, note("a", 60))).isInstanceOf(CacheException.class);
        assertThat(store.writes).hasValue(50);
    }

    @Test
    void move_leavesNothingUnderTheOldKey() {
        write(KEY, note("a", 60));

        assertThat(notes.move(KEY, OTHER, note -> note(note.text() + "b", 60))).isTrue();

        assertThat(notes.read(OTHER).text()).isEqualTo("ab");
        assertThat(store.list()).containsExactly(OTHER);
    }

    @Test
    void move_ofWhatIsOverOrGone_leavesNothingUnderTheNewKey() {
        write(KEY, note("a", 1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(notes.move(KEY, OTHER, note -> note)).isFalse();
        assertThat(notes.read(OTHER)).isNull();
    }

    /** Somebody ended the session meanwhile. */
    @Test
    void move_ofWhatGoesMeanwhile_takesBackWhatItWrote() {
        write(KEY, note("a", 60));

        boolean moved = notes.move(KEY, OTHER, note -> {
            notes.change(KEY, present -> null);
            return note;
        });

        assertThat(moved).isFalse();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void move_ofWhatChangesMeanwhile_bringsTheChange() {
        write(KEY, note("a", 60));
        boolean[] changed = new boolean[1];

        notes.move(KEY, OTHER, note -> {
            if (!changed[0]) {
                changed[0] = true;
                write(KEY, note("changed", 60));
            }
            return note;
        });

        assertThat(notes.read(OTHER).text()).isEqualTo("changed");
        assertThat(store.list()).containsExactly(OTHER);
    }

    @Test
    void move_thatLosesEveryRace_leavesItAsItWas() {
        write(KEY, note("a", 60));
        int[] tries = new int[1];

        assertThatThrownBy(() -> notes.move(KEY, OTHER, note -> {
                    // Whoever is faster writes just before each deletion.
                    tries[0]++;
                    write(KEY, note("a" + tries[0], 60));
                    return note;
                }))
                .isInstanceOf(CacheException.class);

        assertThat(tries).containsExactly(50);
        assertThat(store.list()).containsExactly(KEY);
    }

    @Test
    void sweep_leavesWhatIsAliveWhatIsNoNoteAndWhatCannotBeRead() {
        PartitionKey user = PartitionKey.user("op.example", "alice");
        PartitionKey broken = PartitionKey.note("broken");
        write(KEY, note("a", 1));
        write(OTHER, note("b", 60));
        write(broken, note("c", 1));
        store.write(user, 0, Partition.of(note("d", 1)), null);
        clock.advance(Duration.ofSeconds(1));
        store.broken = broken;

        notes.sweep();

        assertThat(store.list()).containsExactlyInAnyOrder(OTHER, user, broken);
    }
}
