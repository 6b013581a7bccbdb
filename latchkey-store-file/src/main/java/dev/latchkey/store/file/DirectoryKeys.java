package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import dev.latchkey.store.encryption.EncryptionKey;
import dev.latchkey.store.encryption.KeySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a store that has no key source of its own. A file in its directory says where they are: in the OS
 * keychain under a random name, or where there was no keychain, in that very file. What was decided stays, so that two
 * processes never work with different keys because only one of them reaches the keychain.
 */
final class DirectoryKeys implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryKeys.class);
    private static final String FILE = "keys";
    private static final int LONGEST_FILE = 1 << 16;
    private static final long LONGEST_WAIT = Duration.ofSeconds(60).toNanos();

    private final Path directory;
    private final Disk disk;
    private final LockFile locks;
    private final Keychain.Finder finder;
    private final SecureRandom random;

    DirectoryKeys(Path directory, Disk disk, LockFile locks, Keychain.Finder finder, SecureRandom random) {
        this.directory = directory;
        this.disk = disk;
        this.locks = locks;
        this.finder = finder;
        this.random = random;
    }

    @Override
    public List<EncryptionKey> keys() {
        try {
            KeyText found = find();
            return found != null ? reveal(found) : exclusively(this::findOrMake);
        } catch (IOException e) {
            throw Failures.reading(directory, e);
        }
    }

    @Override
    public void rotate() {
        try {
            exclusively(this::addKey);
        } catch (IOException e) {
            throw Failures.writing(directory, e);
        }
    }

    private interface Work {
        List<EncryptionKey> run() throws IOException;
    }

    private List<EncryptionKey> exclusively(Work work) throws IOException {
        LockFile.Held lock = locks.takeForKeys(LONGEST_WAIT);
        if (lock == null) {
            throw Failures.unavailable(directory, "opened: another process hangs while it makes its key", null);
        }
        try {
            return work.run();
        } finally {
            lock.close();
        }
    }

    private List<EncryptionKey> findOrMake() throws IOException {
        KeyText found = find();
        if (found != null) {
            return reveal(found);
        }
        if (holdsPartitions()) {
            throw Failures.noKey(
                    "the key file " + file() + " of the token store is gone: bring it back, or delete the store's"
                            + " directory and sign in again",
                    null);
        }
        List<EncryptionKey> made = List.of(EncryptionKey.generate(random));
        try (Keychain keychain = finder.find()) {
            if (keychain == null || !keepIn(keychain, UUID.randomUUID().toString(), made)) {
                keep(KeyText.ofKeys(made));
                sayWhereItRests();
            }
        }
        return made;
    }

    private void sayWhereItRests() {
        if (finder != Keychain.UNWANTED) {
            LOG.warn(
                    "There is no OS keychain to keep the token store's key in. The key rests beside the tokens in {}:"
                            + " whoever can read that file, root and backups included, can read the tokens.",
                    PrintableText.of(file().toString()));
        }
    }

    private List<EncryptionKey> addKey() throws IOException {
        List<EncryptionKey> all = new ArrayList<>(findOrMake());
        all.add(0, EncryptionKey.generate(random));
        KeyText present = find();
        String account = present == null ? null : present.account();
        if (account == null) {
            keep(KeyText.ofKeys(all));
            return all;
        }
        try (Keychain keychain = reachable()) {
            if (!keepIn(keychain, account, all)) {
                throw Failures.noKey("the OS keychain does not take a new key: unlock it and try again", null);
            }
        }
        return all;
    }

    private boolean keepIn(Keychain keychain, String account, List<EncryptionKey> keys) throws IOException {
        try {
            String secret = KeyText.encode(keys);
            keychain.put(account, secret);
            if (!keychain.get(account).equals(secret)) {
                return false;
            }
        } catch (Exception e) {
            LOG.debug("the OS keychain does not keep the token store's key", PrintableFailure.of(e));
            return false;
        }
        keep(KeyText.ofAccount(account));
        return true;
    }

    private @Nullable KeyText find() throws IOException {
        byte[] bytes = disk.read(file(), LONGEST_FILE);
        if (bytes == null) {
            return null;
        }
        OwnerOnly.require(file());
        return KeyText.parse(file(), new String(bytes, StandardCharsets.US_ASCII));
    }

    private List<EncryptionKey> reveal(KeyText text) {
        String account = text.account();
        if (account == null) {
            return text.keys();
        }
        try (Keychain keychain = reachable()) {
            return revealed(keychain, account);
        }
    }

    private List<EncryptionKey> revealed(Keychain keychain, String account) {
        try {
            return KeyText.decode(keychain.get(account));
        } catch (Exception e) {
            throw Failures.noKey(
                    "the OS keychain does not give out the key '" + account + "' of the token store at " + directory
                            + ": unlock it; if it is gone for good, delete the store's directory and sign in again",
                    e);
        }
    }

    private Keychain reachable() {
        Keychain keychain = finder.find();
        if (keychain == null) {
            throw Failures.noKey(
                    "the key of the token store at " + directory + " rests in the OS keychain, which cannot be reached:"
                            + " log in to the desktop session, and see that java-keyring is on the class path",
                    null);
        }
        return keychain;
    }

    private void keep(KeyText text) throws IOException {
        disk.replace(file(), directory.resolve(FILE + ".tmp"), text.text().getBytes(StandardCharsets.US_ASCII));
    }

    private boolean holdsPartitions() throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "*.partition")) {
            return children.iterator().hasNext();
        }
    }

    private Path file() {
        return directory.resolve(FILE);
    }
}
