package dev.latchkey.benchmarks;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.BlockingPublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.file.FileTokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The file store: what is loaded, and when. A process that starts opens the directory and reads one account. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx2g"})
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class FileStoreBenchmark {
    private static final int ACCOUNTS = 1_000;

    private final TemporaryDirectory temporary = new TemporaryDirectory();
    private final Path directory = temporary.path();
    private final FileTokenStore keeping =
            FileTokenStore.builder(directory).withoutKeychain().open();
    private final FileTokenStore forgetting = FileTokenStore.builder(directory)
            .withoutKeychain()
            .maximumInMemory(0)
            .open();
    private final BlockingPublicClientApplication app =
            Latchkey.application(keeping, Offline.LATCHKEY).build().blocking();
    private PartitionKey[] keys = new PartitionKey[0];
    private SilentRequest[] requests = new SilentRequest[0];
    private Partition one = Partition.EMPTY;

    @Setup
    public void fill() {
        Instant now = Instant.now();
        Latchkey.signIn(keeping, ACCOUNTS, now, now.plus(Duration.ofDays(1)));
        List<Account> accounts = keeping.list().stream()
                .map(key -> keeping.read(key).partition().accounts().get(0))
                .toList();
        keys = Shuffle.shuffled(accounts.stream().map(Account::partitionKey).toArray(PartitionKey[]::new));
        requests = Shuffle.shuffled(Latchkey.requests(accounts));
        one = keeping.read(keys[0]).partition();
    }

    @TearDown
    public void delete() throws IOException {
        temporary.close();
    }

    /** Opens the directory and reads nothing. */
    @Benchmark
    public FileTokenStore open() {
        return FileTokenStore.builder(directory).withoutKeychain().open();
    }

    /** What an account costs when it is first used: read, decrypt, decode. */
    @Benchmark
    public StoredPartition firstUseOfAnAccount(Cursor cursor) {
        return forgetting.read(keys[cursor.next(keys.length)]);
    }

    /** A hit when the account is in memory; now and then compared with the file. */
    @Benchmark
    public AuthenticationResult hit(Cursor cursor) {
        return app.acquireTokenSilent(requests[cursor.next(requests.length)]);
    }

    /** What is written after a renewal: encoded, encrypted, on the disk. */
    @Benchmark
    public boolean write() {
        return keeping.write(keys[0], keeping.read(keys[0]).version(), one, null);
    }
}
