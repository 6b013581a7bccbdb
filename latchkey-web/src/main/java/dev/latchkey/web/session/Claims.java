package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which sign-ins were answered or given up, so that each counts once, on whichever node. A fixed number of blobs, each
 * with the newest so many: whoever signs in without end pushes out older ones, and where people who are not signed in
 * begin sign-ins only those of their like. Then the authority still takes each code once. Thread-safe.
 */
public final class Claims {
    /** How many blobs there are for strangers, and as many for the others. */
    public static final int SLOTS = 128;

    /** Three exchanges with the authority, with the usual deadline of 30 s each: metadata, code, keys. */
    private static final Duration LONGEST_REDEMPTION = Duration.ofSeconds(90);

    private final Front front;
    private final BlobStore blobs;
    private final InstantSource clock;

    /** How a sign-in stands. */
    public enum State {
        /** The answer may still come. */
        OPEN,
        /** The answer is being taken in, or was. */
        CLAIMED,
        /** As {@link #CLAIMED}, longer ago than that may last. */
        STALLED,
        /** It was given up. */
        GIVEN_UP
    }

    /** Of a front. */
    public Claims(Front front, TokenStore store, InstantSource clock) {
        this.front = front;
        this.blobs = new BlobStore(store, clock);
        this.clock = clock;
    }

    /** Takes the right to take the answer in; false if somebody has it, had it, or the sign-in was given up. */
    public boolean claim(Interaction interaction) {
        String name = nameOf(interaction);
        boolean[] first = new boolean[1];
        blobs.change(placeOf(interaction), present -> {
            ClaimSlot slot = slot(present);
            first[0] = slot.of(name) == null;
            return first[0] ? blobOf(slot.with(claim(interaction, false))) : present;
        });
        return first[0];
    }

    /** From now on no answer counts; one that is being taken in signs nobody in. */
    public void giveUp(Interaction interaction) {
        blobs.change(placeOf(interaction), present -> blobOf(slot(present).with(claim(interaction, true))));
    }

    /** How a sign-in stands, as far as this node has heard. */
    public State stateOf(Interaction interaction) {
        return stateIn(blobs.read(placeOf(interaction)), interaction);
    }

    /** Whether a sign-in was given up, asked where all nodes write. */
    public boolean isGivenUp(Interaction interaction) {
        return stateIn(blobs.readNewest(placeOf(interaction)), interaction) == State.GIVEN_UP;
    }

    private State stateIn(@Nullable Blob blob, Interaction interaction) {
        ClaimSlot.Claim claim = slot(blob).of(nameOf(interaction));
        if (claim == null) {
            return State.OPEN;
        }
        if (claim.isGivenUp()) {
            return State.GIVEN_UP;
        }
        Instant end = claim.at().plus(LONGEST_REDEMPTION);
        return clock.instant().isBefore(end) ? State.CLAIMED : State.STALLED;
    }

    private ClaimSlot slot(@Nullable Blob blob) {
        return blob == null ? ClaimSlot.EMPTY : ClaimSlot.decode(blob.text()).without(clock.instant());
    }

    private ClaimSlot.Claim claim(Interaction interaction, boolean isGivenUp) {
        return new ClaimSlot.Claim(nameOf(interaction), clock.instant(), interaction.expiresOn(), isGivenUp);
    }

    private static Blob blobOf(ClaimSlot slot) {
        return new Blob(slot.encode(), slot.expiresOn());
    }

    private static String nameOf(Interaction interaction) {
        return SessionId.digest("claim " + interaction.state());
    }

    /** Of all places one; visible for tests. */
    PartitionKey placeOf(Interaction interaction) {
        int slot = Math.floorMod(nameOf(interaction).hashCode(), SLOTS);
        return front.keyOfClaims(interaction.isOfMember(), slot);
    }
}
