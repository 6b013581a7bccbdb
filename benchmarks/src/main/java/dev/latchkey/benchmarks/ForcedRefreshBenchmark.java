package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.BlockingPublicClientApplication;
import dev.latchkey.PublicClientApplicationBuilder;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

/**
 * A whole refresh but for the network: request, answer, ID token, saving. Latchkey verifies the ID token's signature,
 * msal4j does not. The people who refresh are spread over the cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx8g"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ForcedRefreshBenchmark {
    private static final int MOST_WHO_REFRESH = 64;
    private static final Duration LIFE = Duration.ofDays(1);

    /** The answers for those who refresh. */
    abstract static class Refreshing {
        final LocalIssuer issuer = new LocalIssuer(Duration.ZERO);
        String[] answers = new String[0];

        void sign(int accounts) {
            answers = new String[Math.min(accounts, MOST_WHO_REFRESH)];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = issuer.answerFor(person(i, accounts), Person.SCOPES[0]);
            }
        }

        Person person(int i, int accounts) {
            return new Person((int) ((long) i * accounts / answers.length));
        }
    }

    /** Latchkey. */
    @State(Scope.Benchmark)
    public static class LatchkeyState extends Refreshing {
        @Param({"1", "10000"})
        int accounts;

        /** Where the work runs: in the caller, or on the threads that an application has by default. */
        @Param({"direct", "default"})
        String executor = "direct";

        BlockingPublicClientApplication app = Latchkey.application(
                        Latchkey.signedIn(0, Instant.EPOCH, Instant.EPOCH), issuer.latchkey())
                .build()
                .blocking();
        SilentRequest[] requests = new SilentRequest[0];

        @Setup
        public void fill() {
            sign(accounts);
            Instant now = Instant.now();
            PublicClientApplicationBuilder builder =
                    Latchkey.application(Latchkey.signedIn(accounts, now, now.plus(LIFE)), issuer.latchkey());
            if (executor.equals("direct")) {
                builder.executor(Runnable::run);
            }
            dev.latchkey.PublicClientApplication built = builder.build();
            app = built.blocking();
            requests = new SilentRequest[answers.length];
            for (int i = 0; i < requests.length; i++) {
                Account account = built.blocking()
                        .account(AccountFilter.homeAccountId(person(i, accounts).homeAccountId()))
                        .orElseThrow();
                requests[i] = SilentRequest.builder(Person.SCOPES[0])
                        .account(account)
                        .forceRefresh()
                        .build();
            }
        }
    }

    /** msal4j with an executor that runs in the caller. */
    @State(Scope.Benchmark)
    public static class Msal4jState extends Refreshing {
        @Param({"1", "10000"})
        int accounts;

        PublicClientApplication app = Msal4j.application("{}", issuer.msal4j(), new Msal4j.Direct());
        SilentParameters[] requests = new SilentParameters[0];

        @Setup
        public void fill() {
            sign(accounts);
            Instant now = Instant.now();
            app = Msal4j.application(CacheFile.of(accounts, now, now.plus(LIFE)), issuer.msal4j(), new Msal4j.Direct());
            List<IAccount> found = Msal4j.accounts(app);
            requests = new SilentParameters[answers.length];
            for (int i = 0; i < requests.length; i++) {
                String wanted = person(i, accounts).homeAccountId();
                IAccount account = found.stream()
                        .filter(other -> other.homeAccountId().equals(wanted))
                        .findFirst()
                        .orElseThrow();
                requests[i] = SilentParameters.builder(Set.of(Person.SCOPES[0]), account)
                        .forceRefresh(true)
                        .build();
            }
        }
    }

    @Benchmark
    public AuthenticationResult latchkey(LatchkeyState state, Cursor cursor) {
        int i = cursor.next(state.requests.length);
        state.issuer.answer(state.answers[i]);
        return state.app.acquireTokenSilent(state.requests[i]);
    }

    @Benchmark
    public IAuthenticationResult msal4jUnverified(Msal4jState state, Cursor cursor) throws MalformedURLException {
        int i = cursor.next(state.requests.length);
        state.issuer.answer(state.answers[i]);
        return state.app.acquireTokenSilently(state.requests[i]).join();
    }
}
