package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.PublicClientApplication;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.PartitionCodec;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** What touches every account: reading and writing a cache in the unified schema, and telling who has signed in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx8g"})
@Warmup(iterations = 2, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 700, timeUnit = TimeUnit.MILLISECONDS)
public class WholeCacheBenchmark {
    /** The same cache for both. */
    @State(Scope.Benchmark)
    public static class Text {
        @Param({"100", "10000"})
        int accounts;

        String json = "{}";

        @Setup
        public void write() {
            Instant now = Instant.now();
            json = CacheFile.of(accounts, now, now.plus(Duration.ofDays(1)));
        }
    }

    /** Latchkey, after a load. */
    @State(Scope.Benchmark)
    public static class LatchkeyState {
        MemoryTokenStore store = MemoryTokenStore.create();
        dev.latchkey.PublicClientApplication app =
                Latchkey.application(store, Offline.LATCHKEY).build();
        PartitionKey one = PartitionKey.user(Person.CACHE_HOST, new Person(0).homeAccountId());

        @Setup
        public void load(Text text) {
            store = Latchkey.loaded(text.json, text.accounts);
            app = Latchkey.application(store, Offline.LATCHKEY).build();
            System.gc();
        }
    }

    /** msal4j, after a load. */
    @State(Scope.Benchmark)
    public static class Msal4jState {
        PublicClientApplication app = Msal4j.application("{}", Offline.MSAL4J, new Msal4j.Direct());

        @Setup
        public void load(Text text) {
            app = Msal4j.application(text.json, Offline.MSAL4J, new Msal4j.Direct());
            System.gc();
        }
    }

    @Benchmark
    public MemoryTokenStore loadLatchkey(Text text) {
        return Latchkey.loaded(text.json, text.accounts);
    }

    @Benchmark
    public PublicClientApplication loadMsal4j(Text text) {
        return Msal4j.application(text.json, Offline.MSAL4J, new Msal4j.Direct());
    }

    @Benchmark
    public String exportLatchkey(LatchkeyState state) {
        Map<PartitionKey, Partition> all = new HashMap<>();
        state.store.list().forEach(key -> all.put(key, state.store.read(key).partition()));
        return UnifiedCache.write(all);
    }

    @Benchmark
    public String exportMsal4j(Msal4jState state) {
        return state.app.tokenCache().serialize();
    }

    /** What a store writes after one refresh; where msal4j keeps a file, that is the export. */
    @Benchmark
    public String saveOneAccountLatchkey(LatchkeyState state) {
        return PartitionCodec.encode(state.one, state.store.read(state.one).partition());
    }

    @Benchmark
    public List<Account> listLatchkey(LatchkeyState state) {
        return state.app.blocking().accounts();
    }

    @Benchmark
    public Set<IAccount> listMsal4j(Msal4jState state) {
        return state.app.getAccounts().join();
    }
}
