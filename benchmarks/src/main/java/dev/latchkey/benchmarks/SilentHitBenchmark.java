package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.BlockingPublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.store.MemoryTokenStore;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;

/** The call before every API call, when the cache can serve it: accounts in random order, three tokens each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx8g"})
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SilentHitBenchmark {
    private static final Duration LIFE = Duration.ofDays(1);

    /** What every answer has to be made of: one look-up by account, one object. */
    @State(Scope.Benchmark)
    public static class FloorState {
        @Param({"1", "100", "10000", "100000"})
        int accounts;

        final ConcurrentHashMap<String, String> tokens = new ConcurrentHashMap<>();
        final ConcurrentHashMap<Key, String> tokensByKey = new ConcurrentHashMap<>();
        final Clock clock = Clock.systemUTC();
        final long expiresOn = clock.millis() + LIFE.toMillis();
        String[] keys = new String[0];

        @Setup
        public void fill() {
            keys = new String[accounts];
            for (int i = 0; i < accounts; i++) {
                Person person = new Person(i);
                keys[i] = person.homeAccountId();
                tokens.put(keys[i], person.accessToken(0));
                tokensByKey.put(new Key(person.homeAccountId(), Person.SCOPES[0]), person.accessToken(0));
            }
            Shuffle.shuffled(keys);
            System.gc();
        }
    }

    /** Latchkey. */
    @State(Scope.Benchmark)
    public static class LatchkeyState {
        @Param({"1", "100", "10000", "100000"})
        int accounts;

        dev.latchkey.PublicClientApplication app = Latchkey.application(
                        Latchkey.signedIn(0, Instant.EPOCH, Instant.EPOCH), Offline.LATCHKEY)
                .build();
        BlockingPublicClientApplication blocking = app.blocking();
        dev.latchkey.PublicClientApplication reading = app;
        SilentRequest[] requests = new SilentRequest[0];
        Account[] people = new Account[0];
        final SilentRequest forTheActive = SilentRequest.of(Person.SCOPES[0]);

        @Setup
        public void fill() {
            Instant now = Instant.now();
            MemoryTokenStore store = Latchkey.signedIn(accounts, now, now.plus(LIFE));
            app = Latchkey.application(store, Offline.LATCHKEY).build();
            blocking = app.blocking();
            reading = Latchkey.application(store, Offline.LATCHKEY)
                    .clock(Clock.systemUTC())
                    .build();
            List<Account> found = app.blocking().accounts(AccountFilter.EMPTY);
            people = Shuffle.shuffled(found.toArray(Account[]::new));
            blocking.setActiveAccount(people[0]);
            requests = Shuffle.shuffled(Latchkey.requests(found));
            System.gc();
        }
    }

    /** msal4j with an executor that runs in the caller. */
    @State(Scope.Benchmark)
    public static class Msal4jState {
        @Param({"1", "100", "10000"})
        int accounts;

        PublicClientApplication app = Msal4j.application("{}", Offline.MSAL4J, new Msal4j.Direct());
        SilentParameters[] requests = new SilentParameters[0];

        @Setup
        public void fill() {
            Instant now = Instant.now();
            app = Msal4j.application(CacheFile.of(accounts, now, now.plus(LIFE)), Offline.MSAL4J, new Msal4j.Direct());
            requests = Shuffle.shuffled(Msal4j.requests(Msal4j.accounts(app)));
            System.gc();
        }
    }

    /** Spring Security. */
    @State(Scope.Benchmark)
    public static class SpringState {
        @Param({"1", "100", "10000", "100000"})
        int accounts;

        AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new Spring(Offline.SPRING).manager();
        OAuth2AuthorizeRequest[] requests = new OAuth2AuthorizeRequest[0];

        @Setup
        public void fill() {
            Instant now = Instant.now();
            Spring spring = new Spring(Offline.SPRING).signedIn(accounts, now, now.plus(LIFE));
            manager = spring.manager();
            requests = Shuffle.shuffled(spring.requests(accounts));
            System.gc();
        }
    }

    /** What a cache without partitions would look a token up by. */
    public record Key(String account, String scope) {}

    /** The one object of the floor. */
    public record Found(String token) {}

    @Benchmark
    public Found floor(FloorState state, Cursor cursor) {
        return new Found(state.tokens.get(state.keys[cursor.next(state.keys.length)]));
    }

    /** The floor of a program that keeps no request: it builds what it looks up by. */
    @Benchmark
    public Found floorBuildingTheKey(FloorState state, Cursor cursor) {
        Key key = new Key(state.keys[cursor.next(state.keys.length)], Person.SCOPES[0]);
        return new Found(state.tokensByKey.get(key));
    }

    /** The floor and a look at the clock, without which nobody knows whether a token is still good. */
    @Benchmark
    public Found floorWithClock(FloorState state, Cursor cursor) {
        String token = state.tokens.get(state.keys[cursor.next(state.keys.length)]);
        return state.clock.millis() < state.expiresOn ? new Found(token) : new Found("");
    }

    @Benchmark
    public CompletableFuture<AuthenticationResult> latchkey(LatchkeyState state, Cursor cursor) {
        return state.app.acquireTokenSilent(state.requests[cursor.next(state.requests.length)]);
    }

    @Benchmark
    public AuthenticationResult latchkeyBlocking(LatchkeyState state, Cursor cursor) {
        return state.blocking.acquireTokenSilent(state.requests[cursor.next(state.requests.length)]);
    }

    /** With a clock that is read at each call, as it is in a program that asks less often than this one. */
    @Benchmark
    public CompletableFuture<AuthenticationResult> latchkeyReadingTheClock(LatchkeyState state, Cursor cursor) {
        return state.reading.acquireTokenSilent(state.requests[cursor.next(state.requests.length)]);
    }

    @Benchmark
    public AuthenticationResult latchkeyBuildingTheRequest(LatchkeyState state, Cursor cursor) {
        int i = cursor.next(state.people.length);
        return state.blocking.acquireTokenSilent(
                SilentRequest.builder(Person.SCOPES[0]).account(state.people[i]).build());
    }

    /** One kept request that names no account, and the account that is active. */
    @Benchmark
    public AuthenticationResult latchkeyForTheActiveAccount(LatchkeyState state) {
        return state.blocking.acquireTokenSilent(state.forTheActive);
    }

    @Benchmark
    public IAuthenticationResult msal4j(Msal4jState state, Cursor cursor) throws MalformedURLException {
        return state.app
                .acquireTokenSilently(state.requests[cursor.next(state.requests.length)])
                .join();
    }

    @Benchmark
    public OAuth2AuthorizedClient spring(SpringState state, Cursor cursor) {
        return state.manager.authorize(state.requests[cursor.next(state.requests.length)]);
    }
}
