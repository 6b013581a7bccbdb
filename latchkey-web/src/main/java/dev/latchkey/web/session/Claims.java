package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which sign-ins were answered or cancelled, so that each counts only once across all nodes. The number of blobs is
 * fixed, and each keeps only its newest entries: a flood of sign-ins displaces older ones, and sign-ins of users
 * without a session displace only each other. Even then the authority accepts each code only once. Thread-safe.
 */
public final class Claims {
    /** The number of blobs for users without a session; members have as many of their own. */
    public static final int SLOTS = 128;

    /** Three exchanges with the authority (metadata, code, keys) at the default timeout of 30 s. */
    private static final Duration LONGEST_REDEMPTION = Duration.ofSeconds(90);

    private final Front front;
    private final BlobStore blobs;
    private final InstantSource clock;

    /** The state of a sign-in. */
    public enum State {
        /** The response may still arrive. */
        OPEN,
        /** The response is being processed, or was. */
        CLAIMED,
        /** Like {@link #CLAIMED}, but for longer than processing can take. */
        STALLED,
        /** The sign-in was cancelled. */
        GIVEN_UP
    }

    /** The claims of a front. */
    public Claims(Front front, TokenStore store, InstantSource clock) {
        this.front = front;
        this.blobs = new BlobStore(store, clock);
        this.clock = clock;
    }

    /** Claims the right to process the response; false if it was claimed before, or the sign-in was cancelled. */
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

    /** Cancels a sign-in: later responses are rejected, and one that is being processed signs nobody in. */
    public void giveUp(Interaction interaction) {
        blobs.change(placeOf(interaction), present -> blobOf(slot(present).with(claim(interaction, true))));
    }

    /** The state of a sign-in as far as this node can see. */
    public State stateOf(Interaction interaction) {
        return stateIn(blobs.read(placeOf(interaction)), interaction);
    }

    /** Whether a sign-in was cancelled, read past any lagging copy. */
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

    /** One of all slots; visible for tests. */
    PartitionKey placeOf(Interaction interaction) {
        int slot = Math.floorMod(nameOf(interaction).hashCode(), SLOTS);
        return front.keyOfClaims(interaction.isOfMember(), slot);
    }
}
