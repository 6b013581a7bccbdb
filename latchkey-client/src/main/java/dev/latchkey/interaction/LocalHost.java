package dev.latchkey.interaction;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine this program runs on. */
final class LocalHost implements BrowserHost {
    private static final Logger log = LoggerFactory.getLogger(LocalHost.class);

    private final Duration grace;

    /** A machine on which a command that ends with an error within this time counts as failed. */
    LocalHost(Duration grace) {
        this.grace = grace;
    }

    @Override
    public String osName() {
        return System.getProperty("os.name", "");
    }

    @Override
    public @Nullable String environment(String name) {
        return System.getenv(name);
    }

    @Override
    public boolean fileExists(String path) {
        return Files.exists(Path.of(path));
    }

    @Override
    public String fileText(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public boolean start(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(nothing())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            boolean works = !ended || process.exitValue() == 0;
            log.debug("Browser command {} {}", command.get(0), works ? "started" : "ended with " + process.exitValue());
            return works;
        } catch (IOException e) {
            log.debug(
                    "Browser command {} cannot be started: {}",
                    command.get(0),
                    PrintableText.of(String.valueOf(e.getMessage())));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Keeps a browser from taking the program's standard input. */
    private File nothing() {
        return new File(LowerCase.of(osName()).startsWith("windows") ? "NUL" : "/dev/null");
    }
}
