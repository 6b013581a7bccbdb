package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The location of the token store. */
public final class StoreLocation {
    private StoreLocation() {}

    /** The store that the arguments name, otherwise the user's default. */
    static TokenStore open(Arguments arguments, CliEnvironment environment) {
        arguments.notBoth(Option.CACHE, Option.NO_CACHE);
        if (arguments.has(Option.NO_CACHE)) {
            return MemoryTokenStore.create();
        }
        Path directory = arguments
                .text(Option.CACHE)
                .map(Path::of)
                .orElseGet(() -> ofPerson(
                        System.getProperty("os.name", ""),
                        System.getProperty("user.home", "."),
                        environment.variables()));
        if (!arguments.has(Option.JSON) && !Files.exists(directory)) {
            environment.tell("Tokens are stored in " + directory
                    + ", encrypted; the key is in the same directory, readable only by you.");
        }
        return environment.stores().apply(directory);
    }

    /**
     * Opens the store in a directory. Never uses the keychain, which takes longer than printing a cached token may
     * take.
     */
    public static TokenStore openFiles(Path directory) {
        return FileTokenStore.builder(directory).withoutKeychain().open();
    }

    /** The directory for a user's program state on this system: excluded from backups and roaming. */
    static Path ofPerson(String osName, String home, Map<String, String> environment) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return Path.of(home, "Library", "Application Support", "latchkey");
        }
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return local.isEmpty() ? Path.of(home, "AppData", "Local", "latchkey") : Path.of(local, "latchkey");
        }
        // XDG Base Directory Specification: a relative path counts as unset.
        Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        return state.isAbsolute() ? state.resolve("latchkey") : Path.of(home, ".local", "state", "latchkey");
    }
}
