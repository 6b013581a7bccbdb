package dev.latchkey.authority.config;

import dev.latchkey.core.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at configuration files twice a second, by the machine's clock, and has them taken over when their content has
 * changed. If that fails, the log says so once and what was known stays.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;
    private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());

    private final List<Path> files;
    private final Runnable takeOver;
    private final ScheduledExecutorService thread;
    private List<String> seen;

    private ConfigWatch(List<Path> files, Runnable takeOver) {
        this.files = List.copyOf(files);
        this.takeOver = takeOver;
        this.seen = contents();
        this.thread = Executors.newSingleThreadScheduledExecutor(ConfigWatch::daemon);
    }

    /** Begins to look. */
    public static ConfigWatch start(List<Path> files, Runnable takeOver) {
        ConfigWatch watch = new ConfigWatch(files, takeOver);
        Future<?> unused = watch.thread.scheduleWithFixedDelay(
                watch::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        List<String> present = contents();
        if (present.equals(seen)) {
            return;
        }
        seen = present;
        try {
            takeOver.run();
            LOG.log(
                    System.Logger.Level.INFO,
                    "took over the changed configuration " + PrintableText.of(files.toString()));
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the changed configuration is broken, the last good one stays: "
                            + PrintableText.of(String.valueOf(e.getMessage())));
        }
    }

    /** A file that cannot be read, perhaps because an editor is replacing it, has the content "". */
    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        for (Path file : files) {
            try {
                contents.add(Files.readString(file));
            } catch (IOException e) {
                contents.add("");
            }
        }
        return contents;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "local-authority-config");
        thread.setDaemon(true);
        return thread;
    }
}
