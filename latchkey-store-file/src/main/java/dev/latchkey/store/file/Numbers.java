package dev.latchkey.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The last version and the last fencing number given out for a partition, or for any that is gone. Kept in two slots that
 * are written in turn, each with a checksum: one torn by a crash leaves the other, and what was torn had not been given to
 * anybody yet.
 *
 * @param version the last version
 * @param fence the last fencing number
 * @param slot where these numbers rest
 */
record Numbers(long version, long fence, int slot) {
    private static final int SLOT_LENGTH = 24;
    private static final int SLOTS = 2;
    private static final int START_BITS = 40;

    /** The numbers of a file; null if there are none. */
    static @Nullable Numbers read(Disk disk, Path file) throws IOException {
        byte[] bytes = disk.read(file, SLOTS * SLOT_LENGTH);
        Numbers newest = null;
        for (int slot = 0; bytes != null && slot < SLOTS; slot++) {
            Numbers found = parse(bytes, slot);
            newest = newest == null || (found != null && found.sum() > newest.sum()) ? found : newest;
        }
        return newest;
    }

    /**
     * To begin with: greater than all that those who are gone were given; at random, so that a lost file does not make
     * versions come again.
     */
    static Numbers startingAbove(@Nullable Numbers gone, SecureRandom random) {
        if (gone == null) {
            return new Numbers(
                    random.nextLong() >>> (Long.SIZE - START_BITS), (1L << START_BITS) + (random.nextInt() >>> 1), 1);
        }
        return new Numbers(gone.version + (random.nextInt() >>> 1), gone.fence + (random.nextInt() >>> 1), 1);
    }

    /** These, raised to those of another partition that goes; null if they are greater already. */
    @Nullable
    Numbers raisedTo(Numbers going) {
        boolean high = version >= going.version && fence >= going.fence;
        return high ? null : new Numbers(Math.max(version, going.version), Math.max(fence, going.fence), otherSlot());
    }

    Numbers withNextVersion(long atLeast) {
        return new Numbers(Math.max(version, atLeast) + 1, fence, otherSlot());
    }

    Numbers withVersionAtLeast(long least) {
        return new Numbers(Math.max(version, least), fence, otherSlot());
    }

    Numbers withNextFence() {
        return new Numbers(version, fence + 1, otherSlot());
    }

    void write(Disk disk, Path file, boolean durably) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SLOT_LENGTH).putLong(version).putLong(fence);
        buffer.putLong(checksum(buffer.array(), 0));
        disk.patch(file, (long) slot * SLOT_LENGTH, buffer.array(), durably);
    }

    private int otherSlot() {
        return (slot + 1) % SLOTS;
    }

    /** Neither number ever falls, so the slot with the greater sum is the newer. */
    private long sum() {
        return version + fence;
    }

    private static @Nullable Numbers parse(byte[] bytes, int slot) {
        int start = slot * SLOT_LENGTH;
        if (bytes.length < start + SLOT_LENGTH) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, start, SLOT_LENGTH);
        long version = buffer.getLong();
        long fence = buffer.getLong();
        boolean whole = buffer.getLong() == checksum(bytes, start) && version >= 0 && fence > 0;
        return whole ? new Numbers(version, fence, slot) : null;
    }

    private static long checksum(byte[] bytes, int start) {
        CRC32 crc = new CRC32();
        crc.update(bytes, start, 2 * Long.BYTES);
        return crc.getValue();
    }
}
