package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that runs for months asks the person many times, and keeps nothing of it but tokens. */
@Timeout(300)
class LeakTest {
    private static final int TIMES = 100;

    @Test
    void hundredInteractions_leaveNoThreadSocketDeadlineOrWaiter() {
        try (Bench bench = Bench.start()) {
            Account account = bench.signIn();
            int threads = listenerThreads();
            int sockets = openFiles();
            for (int i = 0; i < TIMES; i++) {
                bench.signIn();
                bench.app.acquireTokenPopup(PopupRequest.of("Mail.Read")).cancel(true);
                Face.FUTURES.silent(
                        bench.app,
                        SilentRequest.builder("User.Read")
                                .account(account)
                                .forceRefresh()
                                .build());
            }
            settlesAt(LeakTest::listenerThreads, threads);
            assertThat(bench.scheduler.pending()).isZero();
            assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
            // Connections that are kept alive may stay; one per interaction may not.
            settlesAt(LeakTest::openFiles, sockets + TIMES / 4);
        }
    }

    private static int listenerThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("loopback"))
                .count();
    }

    /** Descriptors where the system tells; elsewhere always the same. */
    private static int openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void settlesAt(IntSupplier count, int most) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (count.getAsInt() > most && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(count.getAsInt()).isLessThanOrEqualTo(most);
    }
}
