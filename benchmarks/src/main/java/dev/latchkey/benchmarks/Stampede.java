package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.AccountFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;

/**
 * A thousand threads that want the same expired token at the same moment, from an authority that takes 50 ms: how many
 * requests go out, and how long it takes until all have their token. The first round is for warming up.
 */
public final class Stampede {
    private static final int THREADS = 1_000;
    private static final int ROUNDS = 5;
    private static final Duration LATENCY = Duration.ofMillis(50);

    private final LocalIssuer issuer = new LocalIssuer(LATENCY);
    private final String json;
    private final Instant now = Instant.now();
    private final Instant expired = now.minusSeconds(60);

    private Stampede() {
        Person person = new Person(0);
        issuer.answer(issuer.answerFor(person, Person.SCOPES[0]));
        json = CacheFile.of(1, now.minusSeconds(3600), expired);
    }

    /** Runs all three libraries. */
    public static void main(String[] arguments) throws Exception {
        Stampede stampede = new Stampede();
        stampede.run("latchkey", stampede::latchkey);
        stampede.run("msal4j, default executor", () -> stampede.msal4j(false));
        stampede.run("msal4j, direct executor", () -> stampede.msal4j(true));
        stampede.run("Spring Security", stampede::spring);
        System.exit(0);
    }

    private void run(String library, Callable<Callable<?>> fresh) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Callable<?> call = fresh.call();
            issuer.requests();
            AtomicInteger failures = new AtomicInteger();
            Duration wall = atOnce(call, failures);
            System.out.printf(
                    "%-26s round %d: %5d requests, %6d ms, %d failures%n",
                    library, round, issuer.requests(), wall.toMillis(), failures.get());
        }
    }

    private Callable<?> latchkey() {
        dev.latchkey.PublicClientApplication app = Latchkey.application(
                        Latchkey.signedIn(1, now.minusSeconds(3600), expired), issuer.latchkey())
                .build();
        SilentRequest request = SilentRequest.builder(Person.SCOPES[0])
                .account(app.blocking().accounts(AccountFilter.EMPTY).get(0))
                .build();
        return () -> app.blocking().acquireTokenSilent(request);
    }

    private Callable<?> msal4j(boolean direct) {
        PublicClientApplication app = Msal4j.application(json, issuer.msal4j(), direct ? new Msal4j.Direct() : null);
        SilentParameters request = Msal4j.requests(Msal4j.accounts(app))[0];
        return () -> app.acquireTokenSilently(request).join();
    }

    private Callable<?> spring() {
        Spring spring = new Spring(issuer.spring()).signedIn(1, now.minusSeconds(3600), expired);
        OAuth2AuthorizeRequest request = spring.requests(1)[0];
        return () -> spring.manager().authorize(request);
    }

    private static Duration atOnce(Callable<?> call, AtomicInteger failures) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(THREADS);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    go.await();
                    call.call();
                } catch (Exception e) {
                    failures.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
