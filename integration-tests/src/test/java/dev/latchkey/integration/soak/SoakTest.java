package dev.latchkey.integration.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.RefreshTokenPolicy;
import dev.latchkey.authority.User;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads sign users in and out, get tokens from the cache and by refresh, and create and close applications, while the
 * authority fails in every possible way. The process's resources are printed every ten seconds; at the end, all of them
 * have been released.
 *
 * <p>Seconds for each store: {@code -Dlatchkey.soak.seconds=600}, with {@code JAVA_HOME} for another JDK.
 */
final class SoakTest {
    private static final int SECONDS = Integer.getInteger("latchkey.soak.seconds", 20);
    private static final int WORKERS = 6;
    private static final int PEOPLE = 12;
    private static final URI CALLBACK = URI.create("http://localhost:4711/callback");
    private static final long ROOM_FOR_NOISE = 24_000_000;

    @TempDir
    private Path directory;

    private final LocalAuthority idp = authority();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /** Where tokens are stored. */
    enum Store {
        MEMORY,
        FILE
    }

    private static LocalAuthority authority() {
        var builder = LocalAuthority.builder()
                .refreshTokens(RefreshTokenPolicy.rotatingStrictly())
                .client(Client.confidentialClient("web", "s3cret").redirectUri(CALLBACK.toString()));
        for (int i = 0; i < PEOPLE; i++) {
            builder.user(User.of("person" + i + "@contoso.example", "pa55word"));
        }
        return builder.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        idp.close();
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void everythingGoesWrong_forLong_andAllIsGivenBack(Store kind) throws Exception {
        TokenStore store = open(kind);
        ConfidentialClientApplication app = application(store);
        runFor(Duration.ofSeconds(2), store, app);
        Gauges before = Gauges.read(directory.resolve("tokens"));
        print(kind, 0, before);

        for (int seconds = 0; seconds < SECONDS; seconds += 10) {
            runFor(Duration.ofSeconds(Math.min(10, SECONDS - seconds)), store, app);
            print(kind, Math.min(SECONDS, seconds + 10), Gauges.read(directory.resolve("tokens")));
        }

        app.accounts(AccountFilter.EMPTY).join().forEach(account -> app.clearCache(account)
                .join());
        assertThat(app.accounts(AccountFilter.EMPTY).join()).isEmpty();
        assertThat(store.list()).isEmpty();
        Map<String, Integer> held = new TreeMap<>(Gauges.collections(app));
        app.close();
        Gauges after = settled(before);
        print(kind, SECONDS, after);
        System.out.println("soak: what the application still holds: " + held);
        assertThat(held.keySet())
                .as("nothing is under way")
                .noneMatch(name -> name.startsWith("SingleFlight")
                        || name.startsWith("UnsavedAnswers")
                        || name.startsWith("MemoryLeases")
                        || name.startsWith("InteractionGuard"));
        assertThat(held.values()).allMatch(size -> size <= 1_000);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 20);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 10);
        assertThat(after.heap()).isLessThan(before.heap() + ROOM_FOR_NOISE);
        assertThat(after.files())
                .as("keys, locks, and the numbers of those that are gone")
                .isLessThanOrEqualTo(3);
    }

    /** Pools release their resources after they have been idle for a while. */
    private Gauges settled(Gauges before) throws Exception {
        Gauges now = Gauges.read(directory.resolve("tokens"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while ((now.descriptors() > before.descriptors() + 20 || now.threads() > before.threads() + 10)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            now = Gauges.read(directory.resolve("tokens"));
        }
        return now;
    }

    private void print(Store kind, int seconds, Gauges gauges) {
        System.out.printf(
                "soak, %s store, %d s: %s; %d calls, %d of them failed%n",
                kind.name().toLowerCase(java.util.Locale.ROOT), seconds, gauges, calls.get(), failures.get());
    }

    private TokenStore open(Store kind) {
        return kind == Store.MEMORY
                ? MemoryTokenStore.create()
                : FileTokenStore.builder(directory.resolve("tokens"))
                        .withoutKeychain()
                        .open();
    }

    private ConfidentialClientApplication application(TokenStore store) {
        return ConfidentialClientApplication.builder("web", "s3cret")
                .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .httpTimeout(Duration.ofSeconds(2))
                .store(store)
                .build();
    }

    private void runFor(Duration time, TokenStore store, ConfidentialClientApplication app) throws Exception {
        long deadline = System.nanoTime() + time.toNanos();
        List<Future<?>> ends = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            SplittableRandom random = new SplittableRandom(calls.get() + worker);
            ends.add(workers.submit(() -> {
                while (System.nanoTime() < deadline) {
                    step(random, store, app);
                }
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        idp.faults().clear();
    }

    private void step(SplittableRandom random, TokenStore store, ConfidentialClientApplication app) {
        calls.incrementAndGet();
        try {
            switch (random.nextInt(40)) {
                case 0 -> signIn(random, app);
                case 1 ->
                    anyAccount(random, app)
                            .forEach(account -> app.clearCache(account).join());
                case 2 -> idp.faults().on(endpoint(random)).once().answer(fault(random));
                case 3 -> {
                    try (ConfidentialClientApplication other = application(store)) {
                        silent(random, other, true);
                    }
                }
                case 4 -> app.removeEventCallback(app.addEventCallback(event -> {}));
                case 5, 6, 7, 8 -> silent(random, app, true);
                default -> silent(random, app, false);
            }
        } catch (AuthException e) {
            failures.incrementAndGet();
        } catch (CompletionException | ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(AuthException.class);
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Endpoint endpoint(SplittableRandom random) {
        return random.nextInt(4) == 0 ? Endpoint.KEYS : Endpoint.TOKEN;
    }

    private static Fault fault(SplittableRandom random) {
        List<Fault> all = List.of(
                Fault.status(500),
                Fault.reset(),
                Fault.loseAnswer(),
                Fault.halfBody(),
                Fault.notJson(),
                Fault.huge(2_000_000),
                Fault.unavailable(Duration.ofSeconds(1)),
                Fault.idToken(IdTokenFlaw.BROKEN_SIGNATURE),
                Fault.idToken(IdTokenFlaw.WRONG_SUBJECT),
                Fault.without("access_token"));
        return all.get(random.nextInt(all.size()));
    }

    private static List<Account> anyAccount(SplittableRandom random, ConfidentialClientApplication app) {
        List<Account> all = app.accounts(AccountFilter.EMPTY).join();
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
    }

    private static void silent(SplittableRandom random, ConfidentialClientApplication app, boolean force)
            throws ExecutionException, InterruptedException {
        for (Account account : anyAccount(random, app)) {
            SilentRequest.Builder request = SilentRequest.builder("User.Read").account(account);
            AuthenticationResult result = app.acquireTokenSilent(
                            force ? request.forceRefresh().build() : request.build())
                    .get();
            assertThat(result.account().orElseThrow().homeAccountId()).isEqualTo(account.homeAccountId());
        }
    }

    private void signIn(SplittableRandom random, ConfidentialClientApplication app)
            throws ExecutionException, InterruptedException {
        String userName = "person" + random.nextInt(PEOPLE) + "@contoso.example";
        RedirectSignIn begun = app.acquireTokenRedirect(RedirectRequest.of(CALLBACK, "User.Read"))
                .get();
        Parameters.Builder answer = Parameters.builder();
        idp.person(userName)
                .visitUpToRedirect(begun.authorizationUri())
                .answer()
                .forEach(answer::set);
        AuthenticationResult result =
                app.handleRedirect(begun.saved(), answer.build()).get();
        assertThat(result.account().orElseThrow().username()).isEqualTo(userName);
    }
}
