package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.partition;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.encryption.CorruptRecordException;
import dev.latchkey.store.encryption.EncryptionKey;
import dev.latchkey.store.encryption.KeySource;
import dev.latchkey.store.encryption.RecordHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are, and what happens when they are not. */
class StoreKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PADDING_AND_LINE_END = 2;

    @TempDir
    Path directory;

    private final MapKeychain keychain = new MapKeychain();

    @BeforeEach
    void name() {
        directory = directory.resolve("tokens");
    }

    /** Else its threads would keep the program from ending. */
    @AfterEach
    void keychain_isLeftEachTime() {
        assertThat(keychain.open).isZero();
    }

    @Test
    void keys_keychainThere_restInItAndNotInTheDirectory() throws IOException {
        write(openWith(keychain), ADA, "ada's");

        assertThat(token(openWith(keychain), ADA)).isEqualTo("ada's");
        assertThat(keychain.secrets).hasSize(1);
        assertThat(Files.readString(directory.resolve("keys")))
                .contains("keychain " + keychain.secrets.keySet().iterator().next())
                .doesNotContain(keychain.secrets.values());
    }

    @Test
    void keys_keychainCannotBeReachedAnyMore_isAnErrorAndNoNewKey() {
        write(openWith(keychain), ADA, "ada's");

        FileTokenStore headless = openWith((Keychain) null);
        assertThat(fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> headless.read(ADA)))
                .hasMessageContaining("log in to the desktop");
        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> headless.write(BOB, 0, partition("bob's"), null));
        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, headless::list);

        assertThat(token(openWith(keychain), ADA)).isEqualTo("ada's");
    }

    @Test
    void keys_keychainForgotThem_isAnErrorAndNoNewKey() {
        write(openWith(keychain), ADA, "ada's");
        Map<String, String> kept = Map.copyOf(keychain.secrets);
        keychain.secrets.clear();

        FileTokenStore store = openWith(keychain);
        assertThat(fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> store.read(ADA)))
                .hasMessageContaining("unlock it");
        keychain.secrets.putAll(kept);
        assertThat(token(store, ADA)).as("unlocked while the program runs").isEqualTo("ada's");
    }

    @Test
    void keys_keychainDoesNotKeepThem_restInAFile() throws IOException {
        keychain.broken = true;
        write(openWith(keychain), ADA, "ada's");

        assertThat(Files.readString(directory.resolve("keys"))).contains("keys ");
        assertThat(token(openWith((Keychain) null), ADA)).isEqualTo("ada's");
    }

    /** What was put is read back before it is believed. */
    @Test
    void keys_keychainTakesThemAndForgetsOrMixesThemUp_restInAFile() throws IOException {
        for (String given : new String[] {"", KeyText.encode(List.of(EncryptionKey.generate(RANDOM)))}) {
            directory = directory.resolveSibling("tokens-" + given.length());
            keychain.given = given;
            write(openWith(keychain), ADA, "ada's");

            assertThat(Files.readString(directory.resolve("keys"))).contains("keys ");
            assertThat(token(openWith((Keychain) null), ADA)).isEqualTo("ada's");
        }
    }

    @Test
    void keys_inAFileForWantOfAKeychain_isSaidOnceUnlessNoneWasWanted() {
        try (CapturedLog log = new CapturedLog()) {
            write(openWith((Keychain) null), ADA, "ada's");
            assertThat(log.text()).contains("There is no OS keychain");
        }
        try (CapturedLog log = new CapturedLog()) {
            assertThat(token(openWith((Keychain) null), ADA)).isEqualTo("ada's");
            directory = directory.resolveSibling("in-keychain");
            write(openWith(keychain), ADA, "ada's");
            directory = directory.resolveSibling("unwanted");
            write(FileTokenStore.builder(directory).withoutKeychain().open(), ADA, "ada's");
            assertThat(log.text()).doesNotContain("There is no OS keychain");
        }
    }

    @Test
    void rotateKey_keychainDoesNotTakeIt_isAnErrorAndTheOldOneStays() throws IOException {
        FileTokenStore store = openWith(keychain);
        write(store, ADA, "ada's");
        keychain.broken = true;

        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, store::rotateKey);

        assertThat(Files.readString(directory.resolve("keys"))).contains("keychain ");
        assertThat(token(openWith(keychain), ADA)).isEqualTo("ada's");
    }

    @Test
    void keyFile_gone_isAnErrorAndNoNewKeyUntilItIsBack() throws IOException {
        write(openWith((Keychain) null), ADA, "ada's");
        byte[] keyFile = Files.readAllBytes(directory.resolve("keys"));
        Files.delete(directory.resolve("keys"));

        FileTokenStore store = openWith((Keychain) null);
        assertThat(fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> store.read(ADA)))
                .hasMessageContaining("bring it back");
        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> store.write(BOB, 0, partition("bob's"), null));
        assertThat(directory.resolve("keys")).doesNotExist();

        new Disk().replace(directory.resolve("keys"), directory.resolve("keys.tmp"), keyFile);
        assertThat(token(store, ADA)).isEqualTo("ada's");
    }

    @Test
    void keyFile_cutOffAnywhere_isAnErrorAndTheTokensStay() throws IOException {
        write(openWith((Keychain) null), ADA, "ada's");
        byte[] keyFile = Files.readAllBytes(directory.resolve("keys"));
        for (int length = 0; length < keyFile.length - PADDING_AND_LINE_END; length++) {
            Files.write(directory.resolve("keys"), Arrays.copyOf(keyFile, length));
            FileTokenStore store = openWith((Keychain) null);
            fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> store.read(ADA));
        }
        Files.write(directory.resolve("keys"), keyFile);
        assertThat(token(openWith((Keychain) null), ADA)).isEqualTo("ada's");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keyFile_othersMayRead_isRefused() throws IOException {
        write(openWith((Keychain) null), ADA, "ada's");
        Files.setPosixFilePermissions(directory.resolve("keys"), PosixFilePermissions.fromString("rw-r--r--"));

        fails(ErrorCodes.CACHE_INSECURE_PERMISSIONS, () -> openWith((Keychain) null)
                .read(ADA));
    }

    @Test
    void keySource_withAnotherKey_isAnErrorAndTheFileStays() {
        EncryptionKey right = EncryptionKey.generate(RANDOM);
        EncryptionKey wrong = EncryptionKey.generate(RANDOM);
        write(openWith(() -> List.of(right)), ADA, "ada's");

        FileTokenStore store = openWith(() -> List.of(wrong));
        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> store.read(ADA));
        assertThat(store.write(ADA, 0, partition("over it"), null)).isFalse();
        fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, () -> openWith(List::of).write(BOB, 0, partition("b"), null));

        assertThat(token(openWith(() -> List.of(wrong, right)), ADA)).isEqualTo("ada's");
        assertThatThrownBy(store::rotateKey).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void rotateKey_inFileOrKeychain_newestWritesAndOldStayReadable() throws IOException {
        for (Keychain where : new Keychain[] {null, keychain}) {
            directory = directory.resolveSibling("tokens-" + (where == null ? "file" : "keychain"));
            FileTokenStore store = openWith(where);
            FileTokenStore running = openWith(where);
            write(store, ADA, "ada's");
            write(store, BOB, "bob's");
            assertThat(token(running, ADA)).isEqualTo("ada's");
            long before = keyOf(BOB);

            store.rotateKey();
            assertThat(Files.readString(directory.resolve("keys")).lines().skip(1))
                    .allMatch(line -> line.startsWith(where == null ? "keys " : "keychain "));
            write(store, BOB, "bob's new");

            assertThat(keyOf(BOB)).isNotEqualTo(before).isNotEqualTo(keyOf(ADA));
            assertThat(token(openWith(where), ADA)).isEqualTo("ada's");
            assertThat(token(running, BOB)).as("learns of the key by itself").isEqualTo("bob's new");
            write(running, ADA, "ada's new");
            assertThat(keyOf(ADA)).isEqualTo(keyOf(BOB));
        }
    }

    @Test
    void rotateKey_beforeAnythingIsStored_works() {
        FileTokenStore store = openWith((Keychain) null);
        store.rotateKey();
        write(store, ADA, "ada's");
        assertThat(token(openWith((Keychain) null), ADA)).isEqualTo("ada's");
    }

    @Test
    void encryptionKey_anyForm_doesNotShowItself() {
        byte[] bytes = new byte[EncryptionKey.LENGTH];
        RANDOM.nextBytes(bytes);
        EncryptionKey key = EncryptionKey.of(bytes);

        assertThat(key).isEqualTo(EncryptionKey.of(key.reveal())).hasSameHashCodeAs(EncryptionKey.of(bytes));
        assertThat(key.toString()).isEqualTo("EncryptionKey[" + Long.toHexString(key.id()) + "]");
        assertThat(KeyText.ofKeys(List.of(key)).toString()).isEqualTo("[" + key + "]");
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKey.of(new byte[16]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyText.decode("c2hvcnQ= not-base64"))
                .withMessageNotContaining("c2hvcnQ");
    }

    @Test
    void systemKeychain_onAMachineWithOrWithoutOne_answersAndDoesNotThrow() {
        try (Keychain found = Keychain.SYSTEM.find()) {
            assertThat(found == null || found instanceof SystemKeychain).isTrue();
        }
    }

    private long keyOf(dev.latchkey.core.account.PartitionKey key) throws IOException {
        try {
            return RecordHeader.parse(
                            Files.readAllBytes(PartitionFiles.of(directory, key).data()))
                    .keyId();
        } catch (CorruptRecordException e) {
            throw new AssertionError(e);
        }
    }

    private FileTokenStore openWith(Keychain where) {
        return FileTokenStore.builder(directory)
                .keychain(() -> {
                    keychain.open += where == keychain ? 1 : 0;
                    return where;
                })
                .maximumStaleness(Duration.ZERO)
                .open();
    }

    private FileTokenStore openWith(KeySource keys) {
        return FileTokenStore.builder(directory).keySource(keys).open();
    }

    private static final class MapKeychain implements Keychain {
        private final Map<String, String> secrets = new HashMap<>();
        private boolean broken;
        private @Nullable String given;
        private int open;

        @Override
        public String get(String account) throws IOException {
            String secret = given == null ? secrets.get(account) : given;
            if (secret == null) {
                throw new IOException("no such item");
            }
            return secret;
        }

        @Override
        public void put(String account, String secret) throws IOException {
            if (broken) {
                throw new IOException("locked");
            }
            secrets.put(account, secret);
        }

        @Override
        public void close() {
            open--;
        }
    }
}
