package dev.latchkey.cli;

import dev.latchkey.cli.command.StoreLocation;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.ActiveAccount;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Prints a made-up cached token to nowhere, from a temporary store. From this run a JVM creates its archive of the
 * classes that {@code latchkey token} needs.
 */
public final class Rehearsal {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String CLIENT = "rehearsal";

    private Rehearsal() {}

    /** Exits with the code of {@code latchkey token}. */
    public static void main(String[] unused) throws IOException {
        QuickStart.prepare(List.of("token"));
        System.exit(run());
    }

    static int run() throws IOException {
        Path directory = Files.createTempDirectory("latchkey-rehearsal");
        try {
            signIn(StoreLocation.openFiles(directory), Clock.systemUTC().instant());
            return token(directory);
        } finally {
            delete(directory);
        }
    }

    private static int token(Path directory) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        String authority = "https://login.microsoftonline.com/" + TENANT;
        return new Main(Main.environment(nowhere, Map.of()))
                .run(List.of(
                        "token",
                        "--cache",
                        directory.toString(),
                        "--authority",
                        authority,
                        "--client-id",
                        CLIENT,
                        "--scope",
                        "User.Read"));
    }

    private static void signIn(TokenStore store, Instant now) {
        PartitionKey key = PartitionKey.user("login.windows.net", "somebody." + TENANT);
        TenantProfile profile = new TenantProfile(
                TENANT, "somebody", "somebody@example", "Somebody", true, null, null, null, List.of());
        Account account = Account.of(key, AuthorityType.MSSTS, profile, null);
        AccessTokenEntry token = AccessTokenEntry.builder(CLIENT, TENANT, Scopes.of("User.Read"), Secret.of("made-up"))
                .valid(now, now.plus(Duration.ofDays(1)))
                .build();
        TokenRecord record = new TokenRecord(
                account,
                new IdTokenEntry(CLIENT, TENANT, Secret.of("e30.e30.made-up")),
                token,
                new RefreshTokenEntry(CLIENT, null, Secret.of("made-up"), null),
                null);
        store.write(key, 0, Partition.EMPTY.save(record, now), null);
        store.write(
                PartitionKey.application(CLIENT),
                0,
                Partition.EMPTY.withActiveAccount(ActiveAccount.of(account)),
                null);
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
