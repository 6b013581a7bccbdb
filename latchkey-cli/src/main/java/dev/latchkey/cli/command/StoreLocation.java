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

/** Where the command keeps tokens. */
public final class StoreLocation {
    private StoreLocation() {}

    /** The store that the arguments name, else the person's own. */
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
            environment.tell(
                    "Tokens rest in " + directory + ", encrypted; the key lies beside them, for you alone to read.");
        }
        return environment.stores().apply(directory);
    }

    /** Opens the store in a directory. Never asks the keychain: that takes longer than a cached token may take. */
    public static TokenStore openFiles(Path directory) {
        return FileTokenStore.builder(directory).withoutKeychain().open();
    }

    /** Where programs keep the state of a person on this system: it is not for backups and not for roaming. */
    static Path ofPerson(String osName, String home, Map<String, String> environment) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return Path.of(home, "Library", "Application Support", "latchkey");
        }
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return local.isEmpty() ? Path.of(home, "AppData", "Local", "latchkey") : Path.of(local, "latchkey");
        }
        // The XDG base directory specification: relative paths in the variable count as not set.
        Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        return state.isAbsolute() ? state.resolve("latchkey") : Path.of(home, ".local", "state", "latchkey");
    }
}
