package dev.latchkey.integration.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.RefreshTokenPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes share a file store and renew one account as fast as they can, with an authority that revokes the whole
 * family when a refresh token is used twice. Repeatedly, one of them is killed at a random instant.
 *
 * <p>Rounds: {@code -Dlatchkey.kill.rounds=200}; instants: {@code -Dlatchkey.kill.seed=}.
 */
final class KilledProcessTest {
    private static final int PROCESSES = 4;
    private static final int ROUNDS = Integer.getInteger("latchkey.kill.rounds", 20);
    private static final int REPORTED = 20;
    private static final long SEED = Long.getLong("latchkey.kill.seed", System.nanoTime());
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(15);

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<RenewingProcess> processes = new ArrayList<>();
    private final LocalAuthority idp = LocalAuthority.builder()
            .refreshTokens(RefreshTokenPolicy.rotatingStrictly())
            .start();
    private int started;
    private int renewals;
    private int answersThatDied;

    @AfterEach
    void stop() {
        processes.forEach(RenewingProcess::close);
        idp.close();
    }

    @Test
    @Timeout(1800)
    void renewal_oneOfFourProcessesIsKilled_noRefreshTokenIsSpentTwice() throws InterruptedException {
        shared().signIn();
        while (processes.size() < PROCESSES) {
            startOne();
        }
        for (int round = 0; round < ROUNDS; round++) {
            killOneWhileAllRenew();
            startOne();
            if ((round + 1) % REPORTED == 0 || round + 1 == ROUNDS) {
                report(round + 1);
            }
        }
    }

    private void report(int rounds) {
        System.out.printf(
                "killed processes: %d rounds, %d renewals, 0 refresh tokens redeemed twice by living processes,"
                        + " %d answers died with the process that held them (seed %d)%n",
                rounds, renewals, answersThatDied, SEED);
    }

    private void killOneWhileAllRenew() throws InterruptedException {
        idp.requests().clear();
        processes.forEach(process -> process.await("ready", one -> one.count("ready") == 1));
        List<Tally> before = processes.stream().map(Tally::of).toList();
        processes.forEach(process -> process.tell("go"));
        before.forEach(Tally::awaitRenewal);
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
        RenewingProcess victim = processes.remove(random.nextInt(processes.size()));
        victim.kill();

        List<Tally> survivors =
                before.stream().filter(tally -> tally.process() != victim).toList();
        survivors.stream().map(Tally::fromNow).toList().forEach(Tally::awaitRenewalOrLoss);
        processes.forEach(process -> process.tell("hold"));
        survivors.forEach(Tally::awaitHold);
        check(victim, survivors);
    }

    private void check(RenewingProcess victim, List<Tally> survivors) {
        assertThat(processes).noneMatch(process -> process.count("refused") > 0);
        List<RecordedRequest> answered = idp.requests().tokenRequests(GrantType.REFRESH_TOKEN);
        List<RecordedRequest> refused =
                answered.stream().filter(one -> one.status() != 200).toList();
        for (Tally survivor : survivors) {
            assertThat(answered.stream().filter(one -> one.status() == 200 && survivor.isOf(one)))
                    .as(
                            "answers to %s, each of which reached its caller",
                            survivor.process().name())
                    .hasSize(survivor.renewals());
        }
        renewals += answered.size() - refused.size();
        boolean lost = survivors.stream().anyMatch(Tally::lost);
        assertThat(lost)
                .as("lost, after these requests were refused: %s", refused)
                .isEqualTo(!refused.isEmpty());
        if (lost) {
            answersThatDied++;
            assertThat(heldAnAnswer(victim, answered, refused.get(0)))
                    .as("the killed process held the answer that the family was lost with: %s", answered)
                    .isTrue();
            assertThat(refused.stream().filter(one -> !isOf(victim, one))).hasSizeLessThanOrEqualTo(1);
            shared().signIn();
        }
    }

    /** Either its request was the last one answered, or it arrived only after another's. */
    private static boolean heldAnAnswer(
            RenewingProcess victim, List<RecordedRequest> answered, RecordedRequest refused) {
        int at = answered.indexOf(refused);
        return isOf(victim, refused) || (at > 0 && isOf(victim, answered.get(at - 1)));
    }

    private static boolean isOf(RenewingProcess process, RecordedRequest request) {
        return process.name().equals(program(request));
    }

    private static String program(RecordedRequest request) {
        return request.parameters().getOrDefault("program", "");
    }

    private void startOne() {
        processes.add(shared().start("program-" + ++started));
    }

    private SharedStore shared() {
        return new SharedStore(directory.resolve("tokens"), idp);
    }

    /** The number of messages of each kind from a process when a stretch began. */
    private record Tally(RenewingProcess process, int renewedBefore, int lostBefore, int heldBefore) {
        static Tally of(RenewingProcess process) {
            return new Tally(process, process.count("renewed"), process.count("lost"), process.count("held"));
        }

        /**
         * Counts renewals from now on, but losses since the stretch began: a process that has lost does not renew any
         * more.
         */
        Tally fromNow() {
            return new Tally(process, process.count("renewed"), lostBefore, heldBefore);
        }

        boolean isOf(RecordedRequest request) {
            return KilledProcessTest.isOf(process, request);
        }

        int renewals() {
            return process.count("renewed") - renewedBefore;
        }

        boolean lost() {
            return process.count("lost") > lostBefore;
        }

        void awaitRenewal() {
            process.await("a renewal", one -> renewals() > 0);
        }

        void awaitRenewalOrLoss() {
            process.await("a renewal after the kill", one -> renewals() > 0 || lost());
        }

        void awaitHold() {
            process.await("hold", one -> one.count("held") > heldBefore);
        }
    }
}
