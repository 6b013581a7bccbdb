package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secret Service, KWallet, macOS keychain or Windows credentials, through java-keyring if the program has it. By
 * reflection: its jar has no module name that a published module could require.
 */
final class SystemKeychain implements Keychain {
    private static final String KEYRING = "com.github.javakeyring.Keyring";
    private static final String SERVICE = "latchkey";

    private static final Logger LOG = LoggerFactory.getLogger(SystemKeychain.class);

    private final AutoCloseable keyring;
    private final Method get;
    private final Method put;

    private SystemKeychain(AutoCloseable keyring, Method get, Method put) {
        this.keyring = keyring;
        this.get = get;
        this.put = put;
    }

    /**
     * The keychain of this machine and user.
     *
     * @throws ReflectiveOperationException if java-keyring is missing, or finds no keychain
     */
    static Keychain open() throws ReflectiveOperationException {
        Class<? extends AutoCloseable> type = Class.forName(KEYRING).asSubclass(AutoCloseable.class);
        Method get = type.getMethod("getPassword", String.class, String.class);
        Method put = type.getMethod("setPassword", String.class, String.class, String.class);
        // Last: from here on there is something to close.
        return new SystemKeychain(type.cast(type.getMethod("create").invoke(null)), get, put);
    }

    @Override
    public String get(String account) throws IllegalAccessException, InvocationTargetException {
        return (String) get.invoke(keyring, SERVICE, account);
    }

    @Override
    public void put(String account, String secret) throws IllegalAccessException, InvocationTargetException {
        put.invoke(keyring, SERVICE, account, secret);
    }

    /** To the Secret Service it is a connection, whose thread would keep the program from ending. */
    @Override
    public void close() {
        try {
            keyring.close();
        } catch (Exception e) {
            LOG.debug("the OS keychain was not left in good order", PrintableFailure.of(e));
        }
    }
}
