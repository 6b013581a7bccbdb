package dev.latchkey.store.file;

import dev.latchkey.store.encryption.EncryptionKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a key file: a first line with its format, then where the keys are, or the keys.
 *
 * @param account under which name the OS keychain has the keys; null if they are here
 * @param keys the keys, newest first; empty if the keychain has them
 */
record KeyText(@Nullable String account, List<EncryptionKey> keys) {
    private static final String FIRST_LINE = "latchkey-keys 1";
    private static final String IN_KEYCHAIN = "keychain ";
    private static final String HERE = "keys ";

    static KeyText ofAccount(String account) {
        return new KeyText(account, List.of());
    }

    static KeyText ofKeys(List<EncryptionKey> keys) {
        return new KeyText(null, List.copyOf(keys));
    }

    static KeyText parse(Path file, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() == 2 && lines.get(0).equals(FIRST_LINE)) {
            String second = lines.get(1);
            if (second.startsWith(IN_KEYCHAIN)) {
                return ofAccount(second.substring(IN_KEYCHAIN.length()));
            }
            if (second.startsWith(HERE)) {
                return parseKeys(file, second.substring(HERE.length()));
            }
        }
        throw damaged(file);
    }

    String text() {
        return FIRST_LINE + '\n' + (account == null ? HERE + encode(keys) : IN_KEYCHAIN + account) + '\n';
    }

    /** Keys as one string, for a keychain too. */
    static String encode(List<EncryptionKey> keys) {
        return keys.stream()
                .map(key -> Base64.getEncoder().encodeToString(key.reveal()))
                .collect(Collectors.joining(" "));
    }

    /**
     * Keys from one string.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    static List<EncryptionKey> decode(String text) {
        return Arrays.stream(text.split(" ")).map(KeyText::decodeOne).toList();
    }

    private static EncryptionKey decodeOne(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a key");
        }
        return EncryptionKey.of(bytes);
    }

    private static KeyText parseKeys(Path file, String text) {
        try {
            return ofKeys(decode(text));
        } catch (IllegalArgumentException e) {
            throw damaged(file);
        }
    }

    private static RuntimeException damaged(Path file) {
        return Failures.noKey(
                "the key file " + file
                        + " of the token store is damaged, or of a newer version of the library: bring it"
                        + " back from a backup, or delete the store's directory and sign in again",
                null);
    }

    @Override
    public String toString() {
        return account == null ? keys.toString() : IN_KEYCHAIN + account;
    }
}
