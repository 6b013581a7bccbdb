package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place of the operating system that keeps small secrets for the user who is logged in. Close it after use. */
interface Keychain extends AutoCloseable {
    /** Opens the keychain of this machine and user, or null. */
    interface Finder {
        @Nullable
        Keychain find();
    }

    /** None, because the program does not want one. */
    Finder UNWANTED = () -> null;

    /** The operating system's, if java-keyring is there and can reach it. */
    Finder SYSTEM = () -> {
        Logger log = LoggerFactory.getLogger(Keychain.class);
        try {
            return SystemKeychain.open();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            log.debug("there is no OS keychain, or java-keyring is not there to reach it", PrintableFailure.of(e));
            return null;
        }
    };

    /**
     * The secret kept for an account.
     *
     * @throws Exception if there is none, or the keychain is locked
     */
    String get(String account) throws Exception;

    /** Keeps a secret. */
    void put(String account, String secret) throws Exception;

    /** Gives up the way to it, with the threads that it needs. Never fails: what was kept is kept. */
    @Override
    void close();
}
