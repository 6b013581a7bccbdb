package dev.latchkey.interaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link SystemBrowser} needs of the machine. Tests put any operating system here. */
interface BrowserHost {
    /** The name of the operating system, as in the system property {@code os.name}. */
    String osName();

    /** The value of an environment variable, or null. */
    @Nullable
    String environment(String name);

    /** Whether there is such a file. */
    boolean fileExists(String path);

    /** The text of a small file, or the empty string if it cannot be read. */
    String fileText(String path);

    /**
     * Starts a command, each element one argument, no shell.
     *
     * @return whether it started and did not fail within a short time
     */
    boolean start(List<String> command);
}
