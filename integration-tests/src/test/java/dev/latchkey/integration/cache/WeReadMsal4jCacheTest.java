package dev.latchkey.integration.cache;

import static dev.latchkey.integration.cache.EntraTokens.CLIENT;
import static dev.latchkey.integration.cache.EntraTokens.GUEST;
import static dev.latchkey.integration.cache.EntraTokens.GUEST_OID;
import static dev.latchkey.integration.cache.EntraTokens.HOME;
import static dev.latchkey.integration.cache.EntraTokens.UID;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.discovery.Clouds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** We read the cache that msal4j writes: the same accounts, tokens and times. */
class WeReadMsal4jCacheTest {
    private static final PartitionKey KEY = PartitionKey.user(EntraTokens.CACHE_HOST, UID + "." + HOME);

    @Test
    void read_afterCodeGrant_findsEverythingByOurRules() throws Exception {
        Instant before = Instant.now().minusSeconds(2);
        Partition partition = signedIn(Map.of(), HOME);

        AccessTokenEntry token = partition.accessToken(AccessTokenQuery.of(CLIENT, HOME, Scopes.of("user.read")));
        assertThat(token).isNotNull();
        assertThat(token.secret().reveal()).isEqualTo("token-1");
        assertThat(token.expiresOn())
                .isBetween(before.plus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
        assertThat(Instant.ofEpochMilli(token.cachedAtMillis())).isBetween(before, Instant.now());
        assertThat(token.extendedExpiresOn()).isAfter(token.expiresOn());
        assertThat(partition.refreshToken(CLIENT))
                .extracting(r -> r.secret().reveal())
                .isEqualTo("refresh-from-answer");
        assertThat(partition.idToken(CLIENT, HOME)).isNotNull();
        assertThat(partition.accessToken(AccessTokenQuery.of(CLIENT, HOME, Scopes.of("Mail.Read"))))
                .isNull();
    }

    @Test
    void read_afterCodeGrant_knowsThePerson() throws Exception {
        Account account = signedIn(Map.of(), HOME).account(CLIENT, HOME);

        assertThat(account).isEqualTo(EntraTokens.account(HOME));
        assertThat(account.username()).isEqualTo("ada@home.example");
        assertThat(account.name()).contains("Ada Lovelace");
        assertThat(account.profile().isHomeTenant()).isTrue();
        assertThat(account.idTokenClaims()).isEqualTo(EntraTokens.claims(CLIENT, HOME));
    }

    @Test
    void read_guestTenant_isAProfileOfTheSameAccount() throws Exception {
        Partition partition = signedIn(Map.of(), GUEST);

        assertThat(partition.account(GUEST)).satisfies(guest -> {
            assertThat(guest.homeAccountId()).isEqualTo(KEY.id());
            assertThat(guest.localAccountId()).isEqualTo(GUEST_OID);
            assertThat(guest.profile().isHomeTenant()).isFalse();
            assertThat(guest.username()).isEqualTo("ada@guest.example");
        });
        assertThat(partition.accessToken(AccessTokenQuery.of(CLIENT, GUEST, Scopes.of("User.Read"))))
                .isNotNull();
        assertThat(partition.accessToken(AccessTokenQuery.of(CLIENT, HOME, Scopes.of("User.Read"))))
                .isNull();
    }

    @Test
    void read_memberOfAFamily_findsTheSharedRefreshToken() throws Exception {
        Partition partition = signedIn(Map.of("foci", "1"), HOME);

        assertThat(partition.familyOf(CLIENT)).isEqualTo("1");
        RefreshTokenEntry shared = partition.familyRefreshToken("1");
        assertThat(shared).isNotNull();
        assertThat(shared.secret().reveal()).isEqualTo("refresh-from-answer");
    }

    @Test
    void read_refreshIn_isKept() throws Exception {
        AccessTokenEntry token = signedIn(Map.of("refresh_in", 1800, "expires_in", 7200), HOME)
                .accessToken(AccessTokenQuery.of(CLIENT, HOME, Scopes.of("User.Read")));

        assertThat(token).isNotNull();
        assertThat(token.refreshOn()).isBefore(token.expiresOn()).isAfter(Instant.now());
    }

    @Test
    void read_tokenShapedByClaimsOfTheClient_isNotServedToPlainRequests() throws Exception {
        String shaped = signedInMsal(Map.of(), HOME)
                .export()
                .replace("\"cached_at\"", "\"ext_cache_key_hash\":\"digest-of-claims\",\"cached_at\"");
        Partition partition = UnifiedCache.read(shaped).get(KEY);

        assertThat(partition).isNotNull();
        assertThat(partition.accessTokens()).hasSize(1);
        assertThat(partition.accessToken(AccessTokenQuery.of(CLIENT, HOME, Scopes.of("User.Read"))))
                .isNull();
        assertThat(UnifiedCache.write(Map.of(KEY, partition))).contains("\"ext_cache_key_hash\":\"digest-of-claims\"");
    }

    private static Partition signedIn(Map<String, Object> more, String tenant) throws Exception {
        Map<PartitionKey, Partition> read =
                UnifiedCache.read(signedInMsal(more, tenant).export(), Clouds.BUILT_IN::environmentOf);
        assertThat(read).containsOnlyKeys(KEY);
        return read.get(KEY);
    }

    private static Msal4j signedInMsal(Map<String, Object> more, String tenant) throws Exception {
        Msal4j msal = Msal4j.answeredBy(CLIENT, form -> {
            Map<String, Object> answer = EntraTokens.tokenAnswer(CLIENT, tenant, "openid profile User.Read", "token-1");
            answer.putAll(more);
            return answer;
        });
        AuthorizationCodeParameters code = AuthorizationCodeParameters.builder("code", URI.create("http://localhost"))
                .scopes(Set.of("User.Read"))
                .tenant(tenant)
                .build();
        Msal4j.get(msal.application().acquireToken(code));
        return msal;
    }
}
