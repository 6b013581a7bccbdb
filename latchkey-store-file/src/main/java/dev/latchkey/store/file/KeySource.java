package dev.latchkey.store.file;

import java.util.List;

/**
 * Where the keys of a {@link FileTokenStore} come from. The default keeps them in the OS keychain or a key file; an
 * application may bring its own, for example keys that a key management service unwraps.
 *
 * <p>Asked when a file has to be read or written for the first time, and again when a file names a key that was not
 * among those given before; so keys may be added while programs run. Called by any thread, never by two at once.
 */
public interface KeySource {
    /**
     * All keys that files may be encrypted with, at least one; the first is the newest and encrypts what is written.
     *
     * @throws dev.latchkey.core.error.CacheException {@code cache_key_unavailable} if they cannot be had now
     */
    List<EncryptionKey> keys();

    /**
     * Makes a new key and puts it first; the others stay readable. What is stored is encrypted anew when it is next
     * written.
     *
     * @throws UnsupportedOperationException if keys are rotated elsewhere; the default
     */
    default void rotate() {
        throw new UnsupportedOperationException("this key source does not make keys");
    }
}
