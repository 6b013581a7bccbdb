package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal calls at the same time share one request; nothing else is shared. */
@Timeout(120)
class SingleFlightTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void equalCalls_whileOneIsUnderWay_shareItsRequest(Face face) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        List<CompletableFuture<AuthenticationResult>> callers = new ArrayList<>();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            for (int i = 0; i < 20; i++) {
                String state = "caller-" + i;
                SilentRequest request = silent(account).toBuilder()
                        .state(state)
                        .correlationId(state)
                        .build();
                callers.add(Bench.elsewhere(() -> face.silent(bench.app, request)));
            }
            barrier.awaitWaiting(1, SOON);
            assertThat(barrier.arrived()).isEqualTo(1);
        }

        List<AuthenticationResult> results = callers.stream().map(Face::join).toList();

        assertThat(results)
                .extracting(AuthenticationResult::accessToken)
                .hasSize(20)
                .containsOnly(results.get(0).accessToken());
        assertThat(results).extracting(result -> result.state().orElseThrow()).doesNotHaveDuplicates();
        assertThat(bench.refreshes()).isEqualTo(1);
    }

    /** The transport holds the answer until every caller waits for it. */
    @Test
    void manyCallers_heldTogether_oneRequest() {
        int callers = 200;
        Account account = bench.signIn();
        bench.expireAccessTokens();
        CountDownLatch asked = new CountDownLatch(callers);
        bench.wire.script((message, real) -> {
            if (message.form() != null) {
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            }
            return null;
        });

        List<CompletableFuture<AuthenticationResult>> waiting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            waiting.add(bench.app.acquireTokenSilent(silent(account)));
            asked.countDown();
        }
        waiting.forEach(Face::join);

        assertThat(bench.wire.sentTo("/token")).hasSize(1);
    }

    private static Stream<Arguments> differences() {
        return Stream.of(
                difference("forceRefresh", SilentRequest.Builder::forceRefresh),
                difference("policy", it -> it.cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN_AND_REFRESH_TOKEN)),
                difference("claims", it -> it.claims("{\"access_token\":{}}")),
                difference("extra parameters", it -> it.extraParameters(Map.of("hint", "x"))),
                difference("storing", it -> it.storeInCache(new StoreInCache(true, false, true))),
                difference("offset", it -> it.refreshTokenExpirationOffset(Duration.ofMinutes(1))),
                difference("tenant", it -> it.tenantId("t")),
                difference("authority", it -> it.authority("https://a.example")),
                difference("resource", it -> it.resource("r")));
    }

    private static Arguments difference(String name, UnaryOperator<SilentRequest.Builder> change) {
        return Arguments.argumentSet(name, change);
    }

    @ParameterizedTest
    @MethodSource("differences")
    void differentInOneParameter_isAnotherCall(UnaryOperator<SilentRequest.Builder> difference) {
        SilentRequest one = SilentRequest.of("User.Read");
        SilentRequest other = difference.apply(one.toBuilder()).build();

        assertThat(other).isNotEqualTo(one);
        assertThat(difference.apply(one.toBuilder()).build()).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void whatOnlyTheCallerSees_makesNoOtherCall() {
        SilentRequest one = SilentRequest.of("User.Read");
        assertThat(SilentRequest.of("Mail.Read")).isNotEqualTo(one);
        assertThat(one.toBuilder().state("s").correlationId("c").timeout(SOON).build())
                .isEqualTo(one);
    }

    @Test
    void forceRefresh_whileAnOrdinaryCallIsUnderWay_getsARequestOfItsOwn() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        CompletableFuture<AuthenticationResult> ordinary;
        CompletableFuture<AuthenticationResult> forced;
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            ordinary = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);
            forced = bench.app.acquireTokenSilent(
                    silent(account).toBuilder().forceRefresh().build());
        }
        assertThat(Face.join(forced).accessToken())
                .isNotEqualTo(Face.join(ordinary).accessToken());
        assertThat(bench.refreshes()).isEqualTo(2);
    }

    @Test
    void differentPeople_doNotWaitForEachOther() {
        Account alice = bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);
        bench.expireAccessTokens();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var first = bench.app.acquireTokenSilent(silent(alice));
            var second = bench.app.acquireTokenSilent(silent(bob));
            barrier.awaitWaiting(2, SOON);
            barrier.release();
            assertThat(Face.join(first).account()).contains(alice);
            assertThat(Face.join(second).account()).contains(bob);
        }
    }

    @Test
    void waiterCancels_flightAndOtherWaitersGoOn() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var leader = bench.app.acquireTokenSilent(silent(account));
            var other = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);

            assertThat(leader.cancel(true)).isTrue();
            barrier.release();

            assertThat(Face.join(other).fromCache()).isFalse();
            assertThat(leader).isCancelled();
        }
        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @Test
    void waiterTimesOut_flightAndOtherWaitersGoOn() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var impatient = bench.app.acquireTokenSilent(
                    silent(account).toBuilder().timeout(Duration.ofSeconds(2)).build());
            var patient = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);

            bench.scheduler.pass(Duration.ofSeconds(2));

            assertThatThrownBy(() -> Face.join(impatient)).isInstanceOfSatisfying(NetworkException.class, e -> {
                assertThat(e.errorCode()).isEqualTo(ErrorCodes.TIMED_OUT);
                assertThat(e.correlationId()).isPresent();
            });
            assertThat(patient).isNotDone();
            barrier.release();
            Face.join(patient);
        }
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(bench.scheduler.pending()).as("deadlines left behind").isZero();
    }

    @Test
    void blockedWaiter_interrupted_leavesTheFlightAlone() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var other = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            Thread blocked = new Thread(() -> {
                try {
                    bench.app.blocking().acquireTokenSilent(silent(account));
                } catch (AuthException e) {
                    seen.complete(e);
                }
            });
            blocked.start();
            blocked.interrupt();

            assertThat(seen.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.INTERRUPTED));
            barrier.release();
            assertThat(Face.join(other).fromCache()).isFalse();
        }
    }

    @Test
    void slowContinuation_ofOneWaiter_doesNotKeepUpTheOthers() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        CountDownLatch never = new CountDownLatch(1);
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var others = List.of(
                    bench.app.acquireTokenSilent(silent(account)), bench.app.acquireTokenSilent(silent(account)));
            var slow = bench.app.acquireTokenSilent(silent(account)).thenAccept(result -> await(never));
            var more = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);
            barrier.release();

            others.forEach(Face::join);
            Face.join(more);
            assertThat(slow).isNotDone();
        } finally {
            never.countDown();
        }
    }

    @Test
    void failedFlight_isNotRemembered() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(400, "unauthorized_client", "once"));

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(AuthException.class);

        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    @Test
    void failure_reachesEveryWaiter() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(400, "unauthorized_client", "once"));
        List<CompletableFuture<AuthenticationResult>> waiting = new ArrayList<>();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            for (int i = 0; i < 10; i++) {
                waiting.add(bench.app.acquireTokenSilent(silent(account)));
            }
            barrier.awaitWaiting(1, SOON);
        }
        for (CompletableFuture<AuthenticationResult> one : waiting) {
            assertThatThrownBy(() -> Face.join(one))
                    .isInstanceOfSatisfying(
                            AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("unauthorized_client"));
        }
    }

    @Test
    void executorRefuses_failsTheCallAndLeavesNothingBehind() {
        Account account = bench.signIn();
        AtomicInteger refusals = new AtomicInteger(1);
        PublicClientApplication app =
                bench.application(it -> it.store(shared(account)).executor(task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("full");
                    }
                    new Thread(task).start();
                }));
        assertThatThrownBy(() -> Face.FUTURES.silent(app, silent(account)))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.UNEXPECTED_ERROR));
        assertThat(Face.FUTURES.silent(app, silent(account)).fromCache()).isFalse();
    }

    /** Every kind of executor an application may bring. */
    enum Threads {
        DIRECT {
            @Override
            Executor executor() {
                return Runnable::run;
            }
        },
        ONE_THREAD {
            @Override
            Executor executor() {
                return Executors.newSingleThreadExecutor(SingleFlightTest::daemon);
            }
        },
        POOL {
            @Override
            Executor executor() {
                return Executors.newFixedThreadPool(4, SingleFlightTest::daemon);
            }
        },
        DEFAULT {
            @Override
            Executor executor() {
                return dev.latchkey.internal.environment.Threads.executor();
            }
        };

        abstract Executor executor();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void manyThreads_onAnyExecutor_oneRequestPerExpiry(Threads threads) throws Exception {
        Account account = bench.signIn();
        PublicClientApplication app =
                bench.application(it -> it.store(shared(account)).executor(threads.executor()));
        for (int round = 1; round <= 3; round++) {
            bench.expireAccessTokens();
            Queue<String> tokens = inParallel(
                    32, () -> app.blocking().acquireTokenSilent(silent(account)).accessToken());
            assertThat(tokens).hasSize(32);
            assertThat(Set.copyOf(tokens)).hasSize(1);
            assertThat(bench.refreshes()).isEqualTo(round);
        }
    }

    /**
     * Ten thousand virtual threads where the JVM has them, else two thousand of the old kind. The authority holds its
     * answer until every one of them waits for it. On a direct executor the first caller does the work itself.
     */
    @ParameterizedTest
    @EnumSource(
            value = Threads.class,
            names = {"DEFAULT", "DIRECT"})
    void tenThousandThreads_waitingAtOnce_shareOneRequest(Threads executor) throws Exception {
        Account account = bench.signIn();
        PublicClientApplication app =
                bench.application(it -> it.store(shared(account)).executor(executor.executor()));
        bench.idp.requests().clear();
        ExecutorService virtual = virtualThreads();
        int count = virtual == null ? 2_000 : 10_000;
        ExecutorService threads = virtual == null ? Executors.newCachedThreadPool(SingleFlightTest::daemon) : virtual;
        CountDownLatch waiting = new CountDownLatch(executor == Threads.DIRECT ? count - 1 : count);
        List<Future<AuthenticationResult>> calls = new ArrayList<>();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            for (int i = 0; i < count; i++) {
                calls.add(threads.submit(() -> {
                    var call = app.acquireTokenSilent(silent(account));
                    waiting.countDown();
                    return call.get(60, TimeUnit.SECONDS);
                }));
            }
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
            barrier.awaitWaiting(1, SOON);
            barrier.release();
            Set<String> tokens = new HashSet<>();
            for (Future<AuthenticationResult> call : calls) {
                AuthenticationResult result = call.get(60, TimeUnit.SECONDS);
                assertThat(result.fromCache()).isFalse();
                tokens.add(result.accessToken());
            }
            assertThat(tokens).hasSize(1);
        } finally {
            threads.shutdown();
        }
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN)).hasSize(1);
    }

    /** With every thread of the common pool blocked the library works, and it never appears there. */
    @Test
    void commonPool_isNeverUsed() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        CountDownLatch release = new CountDownLatch(1);
        int width = Math.max(ForkJoinPool.getCommonPoolParallelism(), 1) + 2;
        for (int i = 0; i < width; i++) {
            ForkJoinPool.commonPool().execute(() -> await(release));
        }
        try {
            Queue<String> names = new ConcurrentLinkedQueue<>();
            bench.wire.script((message, real) -> {
                names.add(Thread.currentThread().getName());
                return null;
            });
            var told = bench.app
                    .acquireTokenSilent(silent(account))
                    .thenAccept(result -> names.add(Thread.currentThread().getName()));
            Face.join(told);
            Face.join(bench.app.acquireTokenPopup(PopupRequest.of("Mail.Read")));
            Face.join(bench.app.logout(LogoutRequest.of(account)));

            assertThat(names).isNotEmpty().noneMatch(name -> name.contains("commonPool"));
        } finally {
            release.countDown();
        }
    }

    private TokenStore shared(Account account) {
        var store = MemoryTokenStore.create();
        PublicClientApplication app = bench.application(it -> it.store(store));
        bench.signIn(app);
        bench.expireAccessTokens();
        assertThat(app.blocking().accounts()).contains(account);
        return store;
    }

    private static Queue<String> inParallel(int count, Supplier<String> work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(count);
        Queue<String> results = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Bench.elsewhere(() -> {
                await(together);
                return results.add(work.get());
            }));
        }
        all.forEach(Face::join);
        return results;
    }

    private static ExecutorService virtualThreads() throws Exception {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "caller", 256 * 1024);
        thread.setDaemon(true);
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
