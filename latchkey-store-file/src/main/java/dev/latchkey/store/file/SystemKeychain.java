package dev.latchkey.store.file;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;

/** Secret Service, KWallet, macOS keychain or Windows credentials. Its own class: java-keyring may be missing. */
final class SystemKeychain implements Keychain {
    private static final String SERVICE = "latchkey";

    private final Keyring keyring;

    private SystemKeychain(Keyring keyring) {
        this.keyring = keyring;
    }

    static Keychain open() throws BackendNotSupportedException {
        return new SystemKeychain(Keyring.create());
    }

    @Override
    public String get(String account) throws PasswordAccessException {
        return keyring.getPassword(SERVICE, account);
    }

    @Override
    public void put(String account, String secret) throws PasswordAccessException {
        keyring.setPassword(SERVICE, account, secret);
    }
}
