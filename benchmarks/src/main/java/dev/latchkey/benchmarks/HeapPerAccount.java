package dev.latchkey.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** How much of the heap a cache of many accounts holds after a collection, for each account. */
public final class HeapPerAccount {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final int TEXT =
            3 * Person.ACCESS_TOKEN_LENGTH + Person.REFRESH_TOKEN_LENGTH + Person.ID_TOKEN_LENGTH;

    private HeapPerAccount() {}

    /** The number of accounts; 10,000 if it is not given. */
    public static void main(String[] arguments) {
        int accounts = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        Instant now = Instant.now();
        Instant later = now.plus(Duration.ofDays(1));
        System.out.printf("%,d accounts of three access tokens, %,d B of token text each%n", accounts, TEXT);
        print("latchkey, signed in", accounts, () -> Latchkey.signedIn(accounts, now, later));
        print("latchkey, loaded", accounts, () -> Latchkey.loaded(CacheFile.of(accounts, now, later), accounts));
        print(
                "msal4j, loaded",
                accounts,
                () -> Msal4j.application(CacheFile.of(accounts, now, later), Offline.MSAL4J, new Msal4j.Direct()));
        print("Spring Security (no ID token)", accounts, () -> new Spring(Offline.SPRING)
                .signedIn(accounts, now, later));
    }

    private static void print(String library, int accounts, Supplier<Object> cache) {
        long before = used();
        Object held = cache.get();
        long bytes = used() - before;
        Reference.reachabilityFence(held);
        System.out.printf("%-30s %,8d B per account%n", library, bytes / accounts);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
