package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what, and that watching ends. */
class DirectoryWatchTest {
    private static final String THREAD = "latchkey-file-store-watch";
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void startAndStop_twoWatchers_shareAThreadThatEndsWithTheLast() throws Exception {
        DirectoryWatch watch = watch();
        Set<Thread> before = watching();
        watch.start();
        watch.start();
        Set<Thread> started = watching();
        started.removeAll(before);
        assertThat(started).hasSize(1).allMatch(Thread::isDaemon);
        Thread thread = started.iterator().next();

        watch.stop();
        assertTells(ADA);

        watch.stop();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void start_afterTheLastStopped_tellsAgain() throws Exception {
        DirectoryWatch watch = watch();
        watch.start();
        watch.stop();
        watch.start();

        assertTells(BOB);

        watch.stop();
    }

    @Test
    void startAndStop_directoryGone_harmNobody() throws Exception {
        Path gone = directory.resolve("gone");
        DirectoryWatch watch = new DirectoryWatch(gone, files -> told.add(files.name()), () -> told.add("much"));
        watch.start();
        watch.stop();

        Files.createDirectory(gone);
        watch.start();
        PartitionFiles files = PartitionFiles.of(gone, ADA);
        Files.createFile(files.data());
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(files.name());
        watch.stop();
    }

    @Test
    void tell_overflowOrAnotherFile_isMuchOrNothing() {
        DirectoryWatch watch = watch();

        watch.tell(new Event<>(StandardWatchEventKinds.ENTRY_MODIFY, Path.of("keys")));
        assertThat(told).isEmpty();
        watch.tell(new Event<>(StandardWatchEventKinds.OVERFLOW, null));
        assertThat(told).containsExactly("much");
    }

    @Test
    void onChange_ownWrite_isToldByTheWriterBeforeItReturns() {
        FileTokenStore store = open();
        List<Thread> tellers = new ArrayList<>();
        Registration registration = store.onChange(key -> {
            if (Thread.currentThread().getName().equals(THREAD)) {
                return;
            }
            tellers.add(Thread.currentThread());
        });

        assertThat(store.write(ADA, 5, Samples.partition("lost"), null)).isFalse();
        assertThat(tellers).isEmpty();
        write(store, ADA, "1");
        assertThat(tellers).containsExactly(Thread.currentThread());

        registration.close();
        write(store, ADA, "2");
        assertThat(tellers).hasSize(1);
    }

    @Test
    void onChange_closed_watchesNoMore() throws InterruptedException {
        FileTokenStore store = open();
        Set<Thread> before = watching();
        Registration registration = store.onChange(key -> {});
        Set<Thread> started = watching();
        started.removeAll(before);

        registration.close();

        for (Thread thread : started) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void read_afterAChangeElsewhereWasTold_isCurrent() {
        FileTokenStore store = open();
        FileTokenStore other = open();
        Queue<PartitionKey> noticed = new ConcurrentLinkedQueue<>();
        write(store, ADA, "1");
        write(store, BOB, "1");
        assertThat(store.list()).hasSize(2);
        write(other, ADA, "2");
        write(other, BOB, "2");
        assertThat(token(store, ADA)).as("nobody has told").isEqualTo("1");

        // Not onChange: that would watch, and the watch might tell first.
        store.changedElsewhere(PartitionFiles.of(directory, ADA));
        assertThat(token(store, ADA)).isEqualTo("2");
        assertThat(token(store, BOB)).isEqualTo("1");

        store.muchChangedElsewhere();
        assertThat(token(store, BOB)).isEqualTo("2");
        assertThat(noticed).isEmpty();

        Registration registration = store.onChange(noticed::add);
        store.muchChangedElsewhere();
        assertThat(noticed).contains(ADA, BOB);
        registration.close();
    }

    private FileTokenStore open() {
        return Samples.store(directory).maximumStaleness(Duration.ofHours(1)).open();
    }

    private DirectoryWatch watch() {
        return new DirectoryWatch(directory, files -> told.add(files.name()), () -> told.add("much"));
    }

    private void assertTells(PartitionKey key) throws IOException, InterruptedException {
        PartitionFiles files = PartitionFiles.of(directory, key);
        Files.createFile(files.data());
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(files.name());
    }

    private static Set<Thread> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .collect(Collectors.toSet());
    }

    private record Event<T>(Kind<T> kind, T context) implements WatchEvent<T> {
        @Override
        public int count() {
            return 1;
        }
    }
}
