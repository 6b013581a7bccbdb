package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of partitions that changed in the directory, on a daemon thread that is there while somebody wants to know. */
final class DirectoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

    private final Path directory;
    private final Consumer<PartitionFiles> changed;
    private final Runnable overflow;
    private @Nullable WatchService service;
    private int watchers;

    /**
     * Watches nothing yet.
     *
     * @param overflow called when so much happened that single changes are no longer known
     */
    DirectoryWatch(Path directory, Consumer<PartitionFiles> changed, Runnable overflow) {
        this.directory = directory;
        this.changed = changed;
        this.overflow = overflow;
    }

    /** From when it returns, changes are noticed. */
    synchronized void start() {
        if (watchers++ > 0) {
            return;
        }
        try {
            WatchService opened = directory.getFileSystem().newWatchService();
            service = opened;
            directory.register(
                    opened,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            Thread thread = new Thread(() -> run(opened), "latchkey-file-store-watch");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            LOG.warn(
                    "changes that other processes make to the token store are not noticed at once",
                    PrintableFailure.of(e));
        }
    }

    synchronized void stop() {
        if (--watchers > 0 || service == null) {
            return;
        }
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("watching the token store did not end cleanly", PrintableFailure.of(e));
        }
        service = null;
    }

    private void run(WatchService watched) {
        try {
            for (WatchKey key = watched.take(); ; key = watched.take()) {
                key.pollEvents().forEach(this::tell);
                if (!key.reset()) {
                    return;
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            LOG.debug("the token store is no longer watched");
        }
    }

    void tell(WatchEvent<?> event) {
        try {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                overflow.run();
                return;
            }
            PartitionFiles files = PartitionFiles.ofData(directory, (Path) event.context());
            if (files != null) {
                changed.accept(files);
            }
        } catch (RuntimeException e) {
            LOG.warn("a change of the token store could not be told", PrintableFailure.of(e));
        }
    }
}
