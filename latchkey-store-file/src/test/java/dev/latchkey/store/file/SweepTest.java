package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep takes and what it leaves: whoever can still get a token stays, and so does each person. */
class SweepTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Account ACCOUNT = account();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // of a person; the seconds that access token and refresh token are still valid, 99 for no known end;
        // what stays: access tokens, refresh tokens, accounts
        "true,  1,   ,    1 0 1",
        "true,  0,   ,    0 0 1",
        "true, -1,  99,   0 1 1",
        "true, -1,   1,   0 1 1",
        "true, -1,  -1,   0 1 1",
        "true,   ,  -1,   0 1 1",
        "true,   ,  99,   0 1 1",
        "false, 1,   ,    1 0 0",
        "false, 0,   ,    0 0 0",
        "false, 1,  -1,   1 1 0",
        "false, -1, -1,   0 0 0",
        "false,  , -1,    0 0 0",
        "false, -1, 1,    0 1 0",
        "false, -1, 99,   0 1 0",
    })
    void sweep_partitionHolding_leaves(
            boolean ofPerson, @Nullable Integer accessSeconds, @Nullable Integer refreshSeconds, String left) {
        FileTokenStore store = Samples.store(directory.resolve("tokens")).open();
        PartitionKey key = ofPerson ? ACCOUNT.partitionKey() : PartitionKey.onBehalfOf("login.example", "digest");
        TokenRecord record = new TokenRecord(
                ofPerson ? ACCOUNT : null, null, accessToken(accessSeconds), refreshToken(refreshSeconds), null);
        // Saved long ago, when all of it was valid.
        Partition before = Partition.EMPTY.save(record, NOW.minusSeconds(3600));
        assertThat(store.write(key, 0, before, null)).isTrue();

        store.sweep(NOW);

        Partition after = store.read(key).partition();
        assertThat(after.accessTokens().size() + " " + after.refreshTokens().size() + " "
                        + after.accounts().size())
                .isEqualTo(left);
        assertThat(store.list().contains(key)).isEqualTo(!left.equals("0 0 0"));
    }

    private static @Nullable AccessTokenEntry accessToken(@Nullable Integer seconds) {
        return seconds == null
                ? null
                : AccessTokenEntry.builder("app", "t1", Scopes.of("a"), Secret.of("access"))
                        .valid(NOW.minusSeconds(3600), NOW.plusSeconds(seconds))
                        .build();
    }

    private static @Nullable RefreshTokenEntry refreshToken(@Nullable Integer seconds) {
        return seconds == null
                ? null
                : new RefreshTokenEntry(
                        "app", null, Secret.of("refresh"), seconds == 99 ? null : NOW.plusSeconds(seconds));
    }

    private static Account account() {
        JsonObject claims = JsonObject.of(Map.of("iss", "https://login.example", "sub", "ada", "tid", "t1"));
        byte[] text = Json.write(claims).getBytes(StandardCharsets.UTF_8);
        return Account.of(
                AccountAuthority.ofCloud("login.example"),
                new ClientInfo("ada", "t1"),
                claims,
                Secret.of("e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(text) + ".c2ln"));
    }
}
