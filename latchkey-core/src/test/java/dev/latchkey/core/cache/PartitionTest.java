package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JsonObject CLAIMS = JsonObject.of(Map.of(
            "iss", "https://idp.example/t1/v2.0",
            "sub", "sub-1",
            "oid", "oid-1",
            "tid", "t1",
            "preferred_username", "ada@example.com",
            "name", "Ada"));
    private static final Secret ID_TOKEN = Secret.of("e30."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Json.write(CLAIMS).getBytes(StandardCharsets.UTF_8))
            + ".c2ln");
    private static final Account ACCOUNT =
            Account.of(AccountAuthority.ofCloud("login.windows.net"), new ClientInfo("oid-1", "t1"), CLAIMS, ID_TOKEN);

    private static AccessTokenEntry.Builder token(String scopes) {
        return AccessTokenEntry.builder("client", "t1", Scopes.parse(scopes), Secret.of("at-" + scopes))
                .valid(NOW, NOW.plus(Duration.ofHours(1)));
    }

    private static TokenRecord answer(String scopes) {
        return new TokenRecord(
                ACCOUNT,
                new IdTokenEntry("client", "t1", ID_TOKEN),
                token(scopes).build(),
                new RefreshTokenEntry("client", null, Secret.of("rt"), null),
                new AppMetadata("client", "1"));
    }

    @Test
    void codec_tokenOfTheFirstSecondOf1970_isReadBack() {
        AccessTokenEntry token = AccessTokenEntry.builder("client", "t1", Scopes.of("a"), Secret.of("at"))
                .valid(Instant.EPOCH, NOW)
                .build();
        TokenRecord record = new TokenRecord(ACCOUNT, null, token, null, null);
        Partition partition = Partition.EMPTY.save(record, Instant.EPOCH);
        PartitionKey key = ACCOUNT.partitionKey();

        Partition read = PartitionCodec.decode(key, PartitionCodec.encode(key, partition));

        assertThat(read.accessTokens()).containsExactly(token);
    }

    @Test
    void lookup_broaderToken_servesNarrowerRequest() {
        Partition partition = Partition.EMPTY.save(answer("openid profile User.Read Mail.Read"), NOW);

        assertThat(partition.accessToken(AccessTokenQuery.of("client", "T1", Scopes.of("user.read", "openid"))))
                .isNotNull();
        assertThat(partition.accessToken(AccessTokenQuery.of("client", "t1", Scopes.of("User.Write"))))
                .isNull();
        assertThat(partition.accessToken(AccessTokenQuery.of("other", "t1", Scopes.of("User.Read"))))
                .isNull();
        assertThat(partition.accessToken(AccessTokenQuery.of("client", "t1", Scopes.of("User.Read"))
                        .resource("https://api")))
                .isNull();
        assertThat(partition.account("t1")).isEqualTo(ACCOUNT);
        assertThat(partition.accounts().get(0).idTokenClaims()).isEqualTo(CLAIMS);
    }

    @Test
    void save_anotherPerson_isRefused() {
        Partition partition = Partition.EMPTY.save(answer("a"), NOW);
        Account other =
                Account.of(AccountAuthority.ofCloud("login.windows.net"), new ClientInfo("oid-2", "t1"), CLAIMS, null);

        assertThatThrownBy(() -> partition.save(new TokenRecord(other, null, null, null, null), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void save_idTokenOfAnotherSubject_isRefused() {
        Partition partition = Partition.EMPTY.save(answer("a"), NOW);
        IdTokenEntry other = new IdTokenEntry("client", "t1", Secret.of(Entries.jwt(Map.of("sub", "sub-2"))));
        IdTokenEntry same = new IdTokenEntry("client", "t1", Secret.of(Entries.jwt(Map.of("sub", "sub-1"))));

        assertThatThrownBy(() -> partition.save(new TokenRecord(null, other, null, null, null), NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(partition
                        .save(new TokenRecord(null, same, null, null, null), NOW)
                        .idTokens())
                .containsExactly(same);
    }

    @Test
    void unifiedCache_roundTrip_keepsEverything() throws Exception {
        Partition partition = Partition.EMPTY.save(answer("openid User.Read"), NOW);
        partition = partition.save(
                new TokenRecord(
                        null, null, token("User.Read").resource("https://api").build(), null, null),
                NOW);
        PartitionKey key = ACCOUNT.partitionKey();
        PartitionKey app = PartitionKey.application("client");
        Map<PartitionKey, Partition> all =
                Map.of(key, partition, app, Partition.EMPTY.withActiveAccount(ActiveAccount.of(ACCOUNT)));

        assertThat(UnifiedCache.read(UnifiedCache.write(all))).isEqualTo(all);
        assertThat(PartitionCodec.decode(key, PartitionCodec.encode(key, partition)))
                .isEqualTo(partition);
    }
}
