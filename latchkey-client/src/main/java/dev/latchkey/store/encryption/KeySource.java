package dev.latchkey.store.encryption;

import java.util.List;

/**
 * Supplies the keys of a token store that encrypts what it stores, for example keys unwrapped by a key management
 * service.
 *
 * <p>Called when a record is read or written for the first time, and again when a record refers to a key that was not
 * returned before; so keys may be added while programs run. Called on any thread, but never concurrently.
 */
public interface KeySource {
    /**
     * All keys that records may be encrypted with, at least one; the first is the newest and encrypts new writes.
     *
     * @throws dev.latchkey.core.error.CacheException {@code cache_key_unavailable} if the keys are currently
     *     unavailable
     */
    List<EncryptionKey> keys();

    /**
     * Creates a new key and puts it first; records under the other keys stay readable. Each partition is encrypted with
     * the new key when it is next written.
     *
     * @throws UnsupportedOperationException if keys are rotated elsewhere; the default
     */
    default void rotate() {
        throw new UnsupportedOperationException("this key source does not make keys");
    }
}
