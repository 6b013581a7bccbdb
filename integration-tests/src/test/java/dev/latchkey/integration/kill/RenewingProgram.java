package dev.latchkey.integration.kill;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.store.file.FileTokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that renews the one account of a store repeatedly while told to. Arguments: directory, authority, its own
 * name, and optionally the timeout of an HTTP exchange in milliseconds. Reads {@code go} and {@code hold}; prints
 * {@code ready}, {@code renewed}, {@code refused lost} (interaction required; waits for the next go), {@code held}, and
 * {@code failed ...} for anything unexpected.
 */
final class RenewingProgram {
    /** Gives each process a turn, because locks between processes are not fair. */
    private static final long FOR_THE_OTHERS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path directory;
    private final String authority;
    private final String name;
    private final Duration httpTimeout;
    private final Semaphore turns = new Semaphore(0);
    private volatile boolean going;

    private RenewingProgram(String[] args) {
        this.directory = Path.of(args[0]);
        this.authority = args[1];
        this.name = args[2];
        this.httpTimeout = Duration.ofMillis(args.length > 3 ? Long.parseLong(args[3]) : 30_000);
    }

    public static void main(String[] args) throws Exception {
        RenewingProgram program = new RenewingProgram(args);
        Thread commands = new Thread(program::obey, "commands");
        commands.setDaemon(true);
        commands.start();
        program.run();
    }

    private void run() throws InterruptedException {
        say("ready");
        while (true) {
            try (PublicClientApplication app = application()) {
                renewUntilLost(app);
            }
        }
    }

    /** Starts afresh after a loss, like an application after a new sign-in. */
    private void renewUntilLost(PublicClientApplication app) throws InterruptedException {
        boolean lost = false;
        while (!lost) {
            turns.acquire();
            lost = renewWhileGoing(app);
            say("held");
        }
    }

    private boolean renewWhileGoing(PublicClientApplication app) {
        SilentRequest request = SilentRequest.builder("User.Read")
                .account(theOne(app))
                .forceRefresh()
                .extraParameters(Map.of("program", name))
                .build();
        while (going) {
            try {
                app.blocking().acquireTokenSilent(request);
                say("renewed");
                LockSupport.parkNanos(FOR_THE_OTHERS);
            } catch (InteractionRequiredAuthException e) {
                say("lost");
                return true;
            } catch (CacheException e) {
                say("refused " + e.errorCode());
                LockSupport.parkNanos(FOR_THE_OTHERS);
            } catch (AuthException e) {
                say("failed " + e);
                return true;
            }
        }
        return false;
    }

    private void obey() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                going = line.equals("go");
                turns.release(going ? 1 : 0);
            }
        } catch (IOException e) {
            say("failed " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private PublicClientApplication application() {
        return PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(authority, AuthorityKind.ENTRA)
                .httpTimeout(httpTimeout)
                .silentTimeout(httpTimeout.plus(httpTimeout))
                .store(FileTokenStore.builder(directory).withoutKeychain().open())
                .build();
    }

    private static Account theOne(PublicClientApplication app) {
        return app.blocking().accounts().get(0);
    }
}
