package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.store.Lease;
import dev.latchkey.store.TokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of the file store have in common. */
final class Samples {
    static final PartitionKey ADA = PartitionKey.user("login.example", "ada.t1");
    static final PartitionKey BOB = PartitionKey.user("login.example", "bob.t1");

    private Samples() {}

    static Partition partition(String token) {
        RefreshTokenEntry entry = new RefreshTokenEntry("client", null, Secret.of(token), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, entry, null), Instant.EPOCH);
    }

    static FileTokenStore.Builder store(Path directory) {
        return FileTokenStore.builder(directory).withoutKeychain();
    }

    static void write(FileTokenStore store, PartitionKey key, String token) {
        assertThat(store.write(key, store.read(key).version(), partition(token), null))
                .isTrue();
    }

    static String token(FileTokenStore store, PartitionKey key) {
        return token(store.recent(key).partition());
    }

    /** As {@link #token(FileTokenStore, PartitionKey)}, never from memory alone. */
    static String currentToken(FileTokenStore store, PartitionKey key) {
        return token(store.read(key).partition());
    }

    private static String token(Partition partition) {
        return partition.isEmpty()
                ? ""
                : partition.refreshTokens().get(0).secret().reveal();
    }

    /** A lease that is free. */
    static Lease leased(TokenStore store, PartitionKey key) {
        return Objects.requireNonNull(store.tryLease(key, Duration.ofMinutes(2)), "somebody holds the lease");
    }

    static CacheException fails(String code, ThrowingCallable call) {
        CacheException[] thrown = new CacheException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(CacheException.class, e -> {
            assertThat(e.errorCode()).as(e.getMessage()).isEqualTo(code);
            thrown[0] = e;
        });
        return thrown[0];
    }

    static PartitionFiles files(Path directory, PartitionKey key) {
        return PartitionFiles.of(directory, key);
    }
}
