package dev.latchkey;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredPartition;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** "Every call returns at once", whatever the store: on the caller's thread it is only peeked into. */
@Timeout(60)
class SlowStoreTest {
    private static final URI REDIRECT = URI.create("http://localhost/callback");

    /** One call of the public face; named as there. */
    private record Call(String name, Function<Signed, CompletableFuture<?>> call) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Signed(PublicClientApplication app, Account account, AuthenticationResult result) {}

    static Stream<Call> calls() {
        return Stream.of(
                new Call("acquireTokenSilent", on -> on.app.acquireTokenSilent(silent(on))),
                new Call("acquireTokenSilent", on -> on.app.acquireTokenSilent(SilentRequest.of("User.Read"))),
                new Call("acquireToken", on -> on.app.acquireToken(silent(on))),
                new Call("acquireToken", on -> on.app.acquireToken(silent(on), CompletableFuture::failedFuture)),
                new Call("acquireTokenPopup", on -> on.app.acquireTokenPopup(PopupRequest.of("User.Read"))),
                new Call("loginPopup", on -> on.app.loginPopup(PopupRequest.of("User.Read"))),
                new Call(
                        "acquireTokenByDeviceCode",
                        on -> on.app.acquireTokenByDeviceCode(
                                DeviceCodeRequest.of(Scopes.of("User.Read"), shown -> {}))),
                new Call(
                        "acquireTokenRedirect",
                        on -> on.app.acquireTokenRedirect(RedirectRequest.of(REDIRECT, "User.Read"))),
                new Call("handleRedirect", on -> on.app.handleRedirect(Secret.of("saved"), Parameters.NONE)),
                new Call("handleRedirect", on -> on.app.handleRedirect(Secret.of("saved"), REDIRECT)),
                new Call("ssoSilent", on -> on.app.ssoSilent(SsoSilentRequest.of("User.Read"))),
                new Call("userInfo", on -> on.app.userInfo(on.result)),
                new Call("accounts", on -> on.app.accounts()),
                new Call("accounts", on -> on.app.accounts(AccountFilter.EMPTY)),
                new Call("accounts", on -> on.app.accounts(on.account.partitionKey())),
                new Call(
                        "account",
                        on -> on.app.account(AccountFilter.builder()
                                .username(on.account.username())
                                .build())),
                new Call("activeAccount", on -> on.app.activeAccount()),
                new Call("setActiveAccount", on -> on.app.setActiveAccount(on.account)),
                new Call("logout", on -> on.app.logout(LogoutRequest.of(on.account))),
                new Call("logoutPopup", on -> on.app.logoutPopup(LogoutRequest.of(on.account))),
                new Call("endSessionUri", on -> on.app.endSessionUri(LogoutRequest.of(on.account))),
                new Call("clearCache", on -> on.app.clearCache()),
                new Call("clearCache", on -> on.app.clearCache(on.account)),
                new Call("whenInteractionStatusNone", on -> on.app.whenInteractionStatusNone()));
    }

    private static SilentRequest silent(Signed on) {
        return SilentRequest.builder("User.Read").account(on.account).build();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_storeThatHangs_returnsAtOnceAndEndsWhenTheStoreAnswers(Call call) throws Exception {
        GatedStore store = new GatedStore();
        try (Bench bench = Bench.with(app -> app.store(store))) {
            AuthenticationResult result = Face.join(bench.app.acquireTokenPopup(PopupRequest.of("User.Read")));
            Signed on = new Signed(bench.app, result.account().orElseThrow(), result);

            store.close(Thread.currentThread());
            CompletableFuture<?> outcome = call.call.apply(on);
            store.open();

            assertThat(store.touched).as("on the caller's thread").isEmpty();
            if (!call.name.equals("acquireTokenByDeviceCode")) {
                assertThat(settled(outcome)).isTrue();
            }
        }
    }

    @Test
    void calls_everyOneWithAFuture_isTried() {
        Set<String> tried = calls().map(Call::name).collect(toSet());

        Set<String> all = Arrays.stream(PublicClientApplication.class.getMethods())
                .filter(method -> CompletableFuture.class.isAssignableFrom(method.getReturnType()))
                .map(Method::getName)
                .collect(toSet());

        assertThat(tried).isEqualTo(all);
    }

    /** What has no future has nothing to do with the store. */
    @Test
    void otherCalls_storeThatHangs_doNotTouchIt() throws Exception {
        GatedStore store = new GatedStore();
        try (Bench bench = Bench.with(app -> app.store(store))) {
            bench.signIn();
            store.close(Thread.currentThread());
            for (Method call : PublicClientApplication.class.getMethods()) {
                boolean isPlain = call.getParameterCount() == 0
                        && call.getDeclaringClass() != Object.class
                        && !Modifier.isStatic(call.getModifiers())
                        && !CompletableFuture.class.isAssignableFrom(call.getReturnType());
                if (isPlain && !call.getName().equals("close")) {
                    call.invoke(bench.app);
                }
            }
            bench.app.isOwnIssuer(bench.app.authority());
            bench.app.removeEventCallback(bench.app.addEventCallback(event -> {}));
            bench.app.close();

            assertThat(store.touched).isEmpty();
            store.open();
        }
    }

    @Test
    void acquireTokenSilent_memoryKnows_isCompleteWhenItReturns() {
        GatedStore store = new GatedStore();
        store.hasMemory = true;
        try (Bench bench = Bench.with(app -> app.store(store))) {
            Account account = bench.signIn();
            store.close(Thread.currentThread());
            for (SilentRequest request : List.of(
                    SilentRequest.builder("User.Read").account(account).build(), SilentRequest.of("User.Read"))) {
                assertThat(bench.app.acquireTokenSilent(request)).isCompleted();
            }
            assertThat(bench.app.activeAccount()).isCompleted();
            assertThat(bench.app.accounts(account.partitionKey())).isCompleted();
            assertThat(store.touched).isEmpty();
            store.open();
        }
    }

    /** A cached token that only the store knows costs no request to the authority. */
    @Test
    void acquireTokenSilent_onlyTheStoreKnows_isServedFromTheCache() {
        GatedStore store = new GatedStore();
        try (Bench bench = Bench.with(app -> app.store(store))) {
            Account account = bench.signIn();
            AuthenticationResult result = Face.join(bench.app.acquireTokenSilent(
                    SilentRequest.builder("User.Read").account(account).build()));

            assertThat(result.fromCache()).isTrue();
            assertThat(bench.refreshes()).isZero();
        }
    }

    /** A store that never answers does not keep a silent call beyond its time. */
    @Test
    void acquireTokenSilent_storeThatNeverAnswers_failsInTime() {
        GatedStore store = new GatedStore();
        try (Bench bench = Bench.with(app -> app.store(store))) {
            Account account = bench.signIn();
            store.close(Thread.currentThread());
            CompletableFuture<AuthenticationResult> call = bench.app.acquireTokenSilent(
                    SilentRequest.builder("User.Read").account(account).build());

            bench.scheduler.pass(Duration.ofMinutes(10));

            assertThat(call).isCompletedExceptionally();
            store.open();
        }
    }

    private static boolean settled(CompletableFuture<?> outcome) throws Exception {
        return outcome.handle((result, error) -> true).get(30, TimeUnit.SECONDS);
    }

    /** Answers nobody while it is closed; notes which calls came on the thread that may only peek. */
    private static final class GatedStore extends ForwardingTokenStore {
        final Queue<String> touched = new ConcurrentLinkedQueue<>();
        volatile boolean hasMemory;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile Thread caller;

        GatedStore() {
            super(MemoryTokenStore.create());
        }

        void close(Thread forbidden) {
            caller = forbidden;
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        private <T> T slowly(String call, Supplier<T> work) {
            if (Thread.currentThread() == caller) {
                touched.add(call);
                return work.get();
            }
            try {
                if (!gate.await(50, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test forgot to open the gate");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return work.get();
        }

        @Override
        public StoredPartition peek(PartitionKey key) {
            return hasMemory ? super.peek(key) : null;
        }

        @Override
        public StoredPartition read(PartitionKey key) {
            return slowly("read", () -> super.read(key));
        }

        @Override
        public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
            return slowly("write", () -> super.write(key, expectedVersion, next, lease));
        }

        @Override
        public Lease tryLease(PartitionKey key, Duration life) {
            return slowly("tryLease", () -> super.tryLease(key, life));
        }

        @Override
        public void requireWritable() {
            slowly("requireWritable", () -> true);
        }

        @Override
        public Set<PartitionKey> list() {
            return slowly("list", super::list);
        }

        @Override
        public Set<PartitionKey> listUsers(String clientId) {
            return slowly("listUsers", () -> super.listUsers(clientId));
        }
    }
}
