package dev.latchkey.integration.cache;

import static dev.latchkey.integration.cache.EntraTokens.CLIENT;
import static dev.latchkey.integration.cache.EntraTokens.GUEST;
import static dev.latchkey.integration.cache.EntraTokens.HOME;
import static dev.latchkey.integration.cache.EntraTokens.NOW;
import static dev.latchkey.integration.cache.EntraTokens.OTHER_CLIENT;
import static dev.latchkey.integration.cache.EntraTokens.accessToken;
import static dev.latchkey.integration.cache.EntraTokens.account;
import static dev.latchkey.integration.cache.EntraTokens.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.cache.UnifiedCache;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** msal4j reads the cache that we write: it gets the same tokens without a network request. */
class Msal4jReadsOurCacheTest {
    private static final PartitionKey KEY = account(HOME).partitionKey();

    private final Partition home = Partition.EMPTY
            .save(answer(CLIENT, HOME, "openid profile User.Read", "token-read"), NOW)
            .save(answer(CLIENT, HOME, "api://one/Files.All api://one/Files.Read", "token-files"), NOW)
            .save(answer(CLIENT, HOME, "Mail.Send", "token-mail"), NOW);

    @Test
    void silent_threeAccessTokens_returnsTheVeryTokenOffline() throws Exception {
        Msal4j msal = Msal4j.offline(CLIENT, export(home));

        assertThat(msal.silent("User.Read")).isEqualTo("token-read");
        assertThat(msal.silent("api://one/Files.Read")).isEqualTo("token-files");
        assertThat(msal.silent("Mail.Send")).isEqualTo("token-mail");
    }

    @Test
    void accounts_oneWithGuestTenant_isListedOnceWithBothProfiles() throws Exception {
        Partition both = home.save(answer(CLIENT, GUEST, "User.Read", "token-guest"), NOW);
        Msal4j msal = Msal4j.offline(CLIENT, export(both));

        assertThat(msal.accounts()).singleElement().satisfies(found -> {
            assertThat(found.homeAccountId()).isEqualTo(KEY.id());
            assertThat(found.username()).isEqualTo("ada@home.example");
            assertThat(found.getTenantProfiles()).containsOnlyKeys(HOME, GUEST);
        });
        assertThat(msal.silentIn(GUEST, "User.Read")).isEqualTo("token-guest");
        assertThat(msal.silent("User.Read")).isEqualTo("token-read");
    }

    @Test
    void silent_expiredAccessToken_sendsOurRefreshToken() throws Exception {
        AtomicReference<String> form = new AtomicReference<>("");
        Msal4j msal = Msal4j.answeredBy(CLIENT, sent -> {
            form.set(sent);
            return EntraTokens.tokenAnswer(CLIENT, HOME, "Calendars.Read", "token-new");
        });
        msal.application().tokenCache().deserialize(export(home));

        assertThat(msal.silent("Calendars.Read")).isEqualTo("token-new");
        assertThat(form.get()).contains("grant_type=refresh_token").contains("refresh_token=refresh-" + CLIENT);
    }

    @Test
    void silent_clientOfTheSameFamily_sendsTheFamilyRefreshToken() throws Exception {
        Partition family = home.save(
                new TokenRecord(
                        null,
                        null,
                        null,
                        new RefreshTokenEntry(CLIENT, "1", Secret.of("refresh-family"), null),
                        new AppMetadata(CLIENT, "1")),
                NOW);
        AtomicReference<String> form = new AtomicReference<>("");
        Msal4j msal = Msal4j.answeredBy(OTHER_CLIENT, sent -> {
            form.set(sent);
            return EntraTokens.tokenAnswer(OTHER_CLIENT, HOME, "User.Read", "token-of-sibling");
        });
        msal.application().tokenCache().deserialize(export(family));

        assertThat(msal.silent("User.Read")).isEqualTo("token-of-sibling");
        assertThat(form.get()).contains("refresh_token=refresh-family");
    }

    @Test
    void silent_tokensShapedByMoreThanScopes_areNotServedToPlainRequests() {
        assertNotServed(
                accessToken(CLIENT, HOME, "User.Read", "bound-to-resource").resource("https://api.example"));
        assertNotServed(
                accessToken(CLIENT, HOME, "User.Read", "shaped-by-claims").variant("digest"));
        assertNotServed(accessToken(CLIENT, HOME, "User.Read", "bound-to-key")
                .tokenType("DPoP")
                .keyId("thumbprint"));
    }

    private static void assertNotServed(AccessTokenEntry.Builder token) {
        Partition partition =
                Partition.EMPTY.save(new TokenRecord(account(HOME), null, token.build(), null, null), NOW);
        Msal4j msal = Msal4j.offline(CLIENT, export(partition));

        assertThatThrownBy(() -> msal.silent("User.Read")).hasMessageContaining("Token not found in the cache");
    }

    @Test
    void removeAccount_ofOurCache_leavesNothingOfIt() throws Exception {
        Msal4j msal = Msal4j.offline(CLIENT, export(home));
        IAccount account = msal.accounts().iterator().next();

        Msal4j.get(msal.application().removeAccount(account));

        assertThat(UnifiedCache.read(msal.export())).doesNotContainKey(KEY);
        assertThatThrownBy(() -> Msal4j.get(msal.application()
                        .acquireTokenSilently(SilentParameters.builder(Set.of("User.Read"), account)
                                .build())))
                .isNotNull();
    }

    @Test
    void throughMsal4jAndBack_plainTokens_nothingIsLost() throws Exception {
        Partition both = home.save(answer(CLIENT, GUEST, "User.Read", "token-guest"), NOW);

        Partition back = throughMsal4j(both);

        assertThat(back.accessTokens()).containsExactlyInAnyOrderElementsOf(both.accessTokens());
        assertThat(back.refreshTokens()).isEqualTo(both.refreshTokens());
        assertThat(back.idTokens()).containsExactlyInAnyOrderElementsOf(both.idTokens());
        assertThat(back.accounts()).isEqualTo(both.accounts());
        assertThat(back.accounts())
                .extracting(a -> a.profile())
                .isEqualTo(both.accounts().stream().map(a -> a.profile()).toList());
        assertThat(back.appMetadata(CLIENT)).isEqualTo(both.appMetadata(CLIENT));
    }

    /**
     * msal4j drops members that it does not know, including the token's binding: the token must then be served to
     * nobody.
     */
    @Test
    void throughMsal4jAndBack_boundToken_isServedToNobody() throws Exception {
        AccessTokenEntry bound = accessToken(CLIENT, HOME, "User.Read", "bound")
                .resource("https://api.example")
                .build();
        Partition partition = Partition.EMPTY.save(new TokenRecord(account(HOME), null, bound, null, null), NOW);
        AccessTokenQuery plain = AccessTokenQuery.of(CLIENT, HOME, Scopes.of("User.Read"));

        Partition back = throughMsal4j(partition);

        assertThat(back.accessTokens()).hasSize(1);
        assertThat(back.accessToken(plain)).isNull();
        assertThat(back.accessToken(plain.resource("https://api.example"))).isNull();
        assertThat(UnifiedCache.read(export(partition)).get(KEY)).isEqualTo(partition);
    }

    private static Partition throughMsal4j(Partition partition) throws Exception {
        Partition back = UnifiedCache.read(
                        Msal4j.offline(CLIENT, export(partition)).export())
                .get(KEY);
        assertThat(back).isNotNull();
        return back;
    }

    private static String export(Partition partition) {
        return UnifiedCache.write(Map.of(KEY, partition));
    }
}
