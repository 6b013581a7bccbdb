package dev.latchkey.integration.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.authority.Barrier;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.RefreshTokenPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes share a file store and renew one account as fast as they can, with an authority that revokes the whole
 * family when a refresh token is used twice. Meanwhile one of them is frozen, the directory is moved away and back, or
 * the disk is full. Nothing is lost, and no refresh token is sent twice.
 *
 * <p>Rounds: {@code -Dlatchkey.kill.rounds=200}; instants: {@code -Dlatchkey.kill.seed=}.
 */
@DisabledOnOs(OS.WINDOWS)
final class TroubledStoreTest {
    private static final int PROCESSES = 3;
    private static final int ROUNDS = Integer.getInteger("latchkey.kill.rounds", 12);
    private static final long SEED = Long.getLong("latchkey.kill.seed", System.nanoTime());
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(1);
    private static final long LONGEST_TROUBLE = TimeUnit.MILLISECONDS.toNanos(150);

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<RenewingProcess> processes = new ArrayList<>();
    private final LocalAuthority idp = LocalAuthority.builder()
            .refreshTokens(RefreshTokenPolicy.rotatingStrictly())
            .start();
    private boolean isMounted;

    /** A small disk that can be full; skipped where mounting one is not permitted. */
    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", directory.toString());
        if (!isMounted) {
            System.out.println("troubled store: no file system can be mounted here; the disk is never full");
        }
    }

    @AfterEach
    void stop() throws Exception {
        processes.forEach(RenewingProcess::close);
        idp.close();
        if (isMounted) {
            assertThat(run("umount", "-l", directory.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    @Timeout(1800)
    void renewals_amidTrouble_loseNothingAndSendNoRefreshTokenTwice() throws Exception {
        shared().signIn();
        while (processes.size() < PROCESSES) {
            processes.add(shared().start("program-" + processes.size()));
        }
        processes.forEach(process -> process.await("ready", one -> one.count("ready") == 1));
        processes.forEach(process -> process.tell("go"));
        for (int round = 0; round < ROUNDS; round++) {
            awaitRenewals();
            switch (round % 3) {
                case 0 -> freezeOne();
                case 1 -> moveTheDirectory();
                default -> fillTheDisk();
            }
        }
        awaitRenewals();

        assertThat(idp.requests().tokenRequests(GrantType.REFRESH_TOKEN)).allMatch(request -> request.status() == 200);
        assertThat(processes).noneMatch(process -> process.count("lost") > 0);
        System.out.printf(
                "troubled store: %d rounds, %d renewals, %d refused by the store, none lost (seed %d)%n",
                ROUNDS,
                processes.stream().mapToInt(one -> one.count("renewed")).sum(),
                processes.stream().mapToInt(one -> one.count("refused")).sum(),
                SEED);
    }

    /** When the process wakes, both the response and the timeout are due: the response wins. */
    @Test
    @Timeout(120)
    void frozenPastTheTimeout_withTheAnswerWaiting_takesTheAnswer() throws Exception {
        shared().signIn();
        RenewingProcess process = shared().start("sleeper", Long.toString(HTTP_TIMEOUT.toMillis()));
        processes.add(process);
        process.await("ready", one -> one.count("ready") == 1);
        process.tell("go");
        process.await("a renewal", one -> one.count("renewed") > 0);
        Barrier barrier = idp.hold(Endpoint.TOKEN);
        barrier.awaitWaiting(1, Duration.ofSeconds(30));
        process.suspend();
        barrier.release();
        barrier.close();
        int before = process.count("renewed");
        // A frozen process cannot use an injected clock; its kernel keeps real time.
        LockSupport.parkNanos(HTTP_TIMEOUT.multipliedBy(3).toNanos());

        process.resume();

        process.await("the answer", one -> one.count("renewed") > before);
        process.await("another renewal", one -> one.count("renewed") > before + 1);
        assertThat(process.count("lost") + process.count("refused")).isZero();
        assertThat(idp.requests().tokenRequests(GrantType.REFRESH_TOKEN)).allMatch(request -> request.status() == 200);
    }

    @Test
    @Timeout(120)
    void diskFull_nothingIsRedeemedAndNobodySignsIn() throws Exception {
        assumeThat(isMounted).isTrue();
        shared().signIn();
        RenewingProcess process = shared().start("writer");
        processes.add(process);
        process.await("ready", one -> one.count("ready") == 1);
        Path filler = fill();
        idp.requests().clear();
        process.tell("go");
        process.await("a refusal", one -> one.count("refused") > 2);
        assertThat(idp.requests().to(Endpoint.TOKEN)).isEmpty();

        Files.delete(filler);

        process.await("a renewal", one -> one.count("renewed") > 0);
        assertThat(process.count("lost")).isZero();
    }

    private void awaitRenewals() {
        for (RenewingProcess process : processes) {
            int before = process.count("renewed");
            process.await("a renewal", one -> one.count("renewed") > before);
        }
    }

    private void freezeOne() {
        RenewingProcess victim = processes.get(random.nextInt(processes.size()));
        LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(10)));
        victim.suspend();
        LockSupport.parkNanos(random.nextLong(LONGEST_TROUBLE));
        victim.resume();
    }

    private void moveTheDirectory() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(shared().directory(), elsewhere);
        LockSupport.parkNanos(random.nextLong(LONGEST_TROUBLE));
        Files.move(elsewhere, shared().directory());
    }

    private void fillTheDisk() throws IOException {
        if (isMounted) {
            Path filler = fill();
            LockSupport.parkNanos(random.nextLong(LONGEST_TROUBLE));
            Files.delete(filler);
        }
    }

    private Path fill() throws IOException {
        Path filler = directory.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (byte[] block = new byte[4096]; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return filler;
    }

    private SharedStore shared() {
        return new SharedStore(directory.resolve("tokens"), idp);
    }
}
