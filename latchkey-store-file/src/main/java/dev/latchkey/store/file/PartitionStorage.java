package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.encryption.CorruptRecordException;
import dev.latchkey.store.encryption.PartitionSealer;
import dev.latchkey.store.encryption.RecordHeader;
import dev.latchkey.store.nearcache.NearCache;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Partitions as files of one directory. Says what failed; locks nothing. */
final class PartitionStorage {
    private static final int LONGEST_FILE = 64 * 1024 * 1024;

    /** Larger than what an answer adds to a partition, unless the authority is very talkative. */
    private static final int GROWTH = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PartitionStorage.class);

    private final Set<String> saidDamaged = ConcurrentHashMap.newKeySet();
    private final Path directory;
    private final @Nullable Object identity;
    private final Disk disk;
    private final PartitionSealer sealer;
    private final SecureRandom random;

    PartitionStorage(Path directory, Disk disk, PartitionSealer sealer, SecureRandom random) throws IOException {
        this.directory = directory;
        this.identity = identityOf(directory);
        this.disk = disk;
        this.sealer = sealer;
        this.random = random;
    }

    /** The version of a partition's file; 0 if there is none. */
    long version(PartitionFiles files) throws CorruptRecordException {
        RecordHeader header = header(files);
        return header == null ? 0 : header.version();
    }

    private @Nullable RecordHeader header(PartitionFiles files) throws CorruptRecordException {
        byte[] start = read(files, RecordHeader.LENGTH);
        return start == null ? null : RecordHeader.parse(start);
    }

    /** A partition; the known copy if it is of the same file. */
    NearCache.@Nullable Copy load(PartitionFiles files, PartitionKey key, NearCache.@Nullable Copy known)
            throws CorruptRecordException {
        if (known != null && isOf(known.header(), header(files))) {
            return known;
        }
        byte[] file = read(files, LONGEST_FILE + 1);
        if (file == null) {
            return null;
        }
        requireLength(file);
        return new NearCache.Copy(RecordHeader.parse(file), sealer.open(key, files.digest(), file));
    }

    /** Whose partition it is; null if there is none. */
    @Nullable
    PartitionKey keyOf(PartitionFiles files) throws CorruptRecordException {
        byte[] file = read(files, LONGEST_FILE + 1);
        if (file == null) {
            return null;
        }
        requireLength(file);
        PartitionKey key = sealer.keyOf(files.digest(), file);
        if (!PartitionFiles.of(directory, key).name().equals(files.name())) {
            throw new CorruptRecordException("it belongs to another partition");
        }
        return key;
    }

    /** Writes a partition, into the room that is set aside for it if there is one. */
    NearCache.Copy write(PartitionFiles files, PartitionKey key, StoredPartition next, boolean hasRoom) {
        PartitionSealer.SealedRecord sealed = sealer.seal(key, files.digest(), next);
        try {
            if (hasRoom) {
                disk.replaceUsing(files.room(), files.data(), sealed.bytes());
            } else {
                disk.replace(files.data(), files.temporary(), sealed.bytes());
            }
            return new NearCache.Copy(sealed.header(), next);
        } catch (IOException e) {
            if (hasRoom) {
                giveBack(files.room());
            }
            throw Failures.writing(directory, e);
        }
    }

    /** Reserves room for a partition that grows as much as may be expected; fails where nothing could be written. */
    void reserve(PartitionFiles files) {
        try {
            Path data = files.data();
            setAside(files.room(), Files.exists(data) ? Files.size(data) : 0);
        } catch (IOException e) {
            giveBack(files.room());
            throw Failures.writing(directory, e);
        }
    }

    /** Fails where no partition could be written. */
    void requireWritable() {
        Path probe = directory.resolve(UUID.randomUUID() + ".probe");
        try {
            setAside(probe, 0);
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        } finally {
            giveBack(probe);
        }
    }

    private void setAside(Path room, long length) throws IOException {
        requirePresent();
        sealer.requireKey();
        disk.setAside(room, length + GROWTH);
    }

    /** Frees what was reserved. A room that stays is of no harm: the next lease takes it. */
    void giveBack(Path room) {
        try {
            Files.deleteIfExists(room);
        } catch (IOException e) {
            LOG.debug("room that was set aside cannot be given back", PrintableFailure.of(e));
        }
    }

    /** What was set aside goes too: whoever signs out leaves no tokens behind. */
    void delete(PartitionFiles files) {
        try {
            Files.deleteIfExists(files.corrupt());
            disk.delete(files.data());
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        }
    }

    /** Puts a damaged file where nobody takes it for a partition, but where a person can look at it. */
    void setAside(PartitionFiles files) {
        try {
            disk.move(files.data(), files.corrupt());
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        }
    }

    /** Only the caller that found the damage was given an error; the others learn here why there is nothing. */
    void sayIfDamaged(PartitionFiles files) {
        if (Files.exists(files.corrupt()) && saidDamaged.add(files.name())) {
            LOG.warn(
                    "An account of the token store has to sign in again: its file was damaged. It is {}",
                    PrintableText.of(files.corrupt().toString()));
        }
    }

    Numbers numbers(PartitionFiles files) {
        try {
            Numbers found = Numbers.read(disk, files.state());
            return found != null ? found : Numbers.startingAbove(Numbers.read(disk, gone()), random);
        } catch (IOException e) {
            throw Failures.reading(directory, e);
        }
    }

    /** Notes which numbers a partition was given that is about to go, and forgets them of it. */
    void retire(PartitionFiles files, Numbers numbers) {
        try {
            Numbers before = Numbers.read(disk, gone());
            Numbers raised = before == null ? numbers : before.raisedTo(numbers);
            if (raised != null) {
                raised.write(disk, gone(), true);
            }
            Files.deleteIfExists(files.state());
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        }
    }

    /** The greatest numbers of all that are gone. */
    private Path gone() {
        return directory.resolve("gone");
    }

    boolean holdsData(PartitionFiles files) {
        return Files.exists(files.data());
    }

    void write(PartitionFiles files, Numbers numbers, boolean durably) {
        try {
            numbers.write(disk, files.state(), durably);
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        }
    }

    /** All partitions there are. */
    List<PartitionFiles> list() {
        return list(PartitionFiles::ofData);
    }

    /** All partitions of which there are numbers. */
    List<PartitionFiles> listNumbered() {
        return list(PartitionFiles::ofState);
    }

    private List<PartitionFiles> list(BiFunction<Path, Path, @Nullable PartitionFiles> ofFile) {
        requirePresent();
        List<PartitionFiles> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                PartitionFiles files = ofFile.apply(directory, child);
                if (files != null) {
                    found.add(files);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw Failures.reading(directory, e);
        }
        return found;
    }

    /** That a file is absent says something only while the directory is the one that was opened. */
    void requirePresent() {
        try {
            if (!Objects.equals(identity, identityOf(directory))) {
                throw Failures.replaced(directory);
            }
        } catch (IOException e) {
            throw e instanceof NoSuchFileException ? Failures.replaced(directory) : Failures.reading(directory, e);
        }
    }

    private static boolean isOf(RecordHeader known, @Nullable RecordHeader present) {
        return present != null && known.equals(present);
    }

    private static void requireLength(byte[] file) throws CorruptRecordException {
        if (file.length > LONGEST_FILE) {
            throw new CorruptRecordException("it is too long");
        }
    }

    private byte @Nullable [] read(PartitionFiles files, int limit) {
        try {
            byte[] read = disk.read(files.data(), limit);
            if (read == null) {
                requirePresent();
            }
            return read;
        } catch (IOException e) {
            throw Failures.reading(directory, e);
        }
    }

    private static @Nullable Object identityOf(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }
}
