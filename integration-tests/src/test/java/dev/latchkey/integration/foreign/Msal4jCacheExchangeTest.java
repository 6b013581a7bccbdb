package dev.latchkey.integration.foreign;

import static dev.latchkey.integration.foreign.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each of the two libraries signs in and hands its cache to the other. At a plain provider msal4j 1.26.1 sends the code to
 * {@code /oauth2/v2.0/token}, whatever the metadata say.
 */
final class Msal4jCacheExchangeTest {
    private static final String SCOPE = "User.Read";

    private static LocalAuthority authority;

    @BeforeAll
    static void startAuthority() {
        authority = LocalAuthority.builder().https().namedLocalhost().start();
    }

    @AfterAll
    static void stopAuthority() {
        if (authority != null) {
            authority.close();
        }
    }

    @BeforeEach
    void reset() {
        authority.reset();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OIDC")
    void theirCache_weServeItThenRefresh(SharedRealm realm) throws Exception {
        PublicClientApplication msal = msal4j(realm);
        IAuthenticationResult theirs = signIn(msal);
        TokenStore store = MemoryTokenStore.create();
        CacheExchange.load(msal.tokenCache().serialize(), store);

        try (var latchkey = CacheExchange.application(authority, realm, store)) {
            assertThat(latchkey.blocking().accounts()).hasSize(1);
            Account account = latchkey.blocking().accounts().get(0);
            SilentRequest request =
                    SilentRequest.builder(SCOPE).account(account).build();
            AuthenticationResult cached = latchkey.blocking().acquireTokenSilent(request);
            AuthenticationResult renewed = latchkey.blocking()
                    .acquireTokenSilent(request.toBuilder().forceRefresh().build());

            assertThat(account.username()).isEqualTo(SignIn.ALICE);
            assertThat(cached.accessToken()).isEqualTo(theirs.accessToken());
            assertThat(renewed.fromCache()).isFalse();
            assertThat(renewed.account()).contains(account);
            assertThat(latchkey.blocking().accounts()).containsExactly(account);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OIDC")
    void ourCache_theyServeItThenRefresh(SharedRealm realm) throws Exception {
        TokenStore store = MemoryTokenStore.create();
        AuthenticationResult ours = CacheExchange.signIn(authority, realm, store, SCOPE);
        PublicClientApplication msal = msal4j(realm);

        msal.tokenCache().deserialize(CacheExchange.export(store));
        Set<IAccount> accounts = get(msal.getAccounts());
        assertThat(accounts).hasSize(1);
        IAccount account = accounts.iterator().next();
        IAuthenticationResult cached = get(msal.acquireTokenSilently(inHomeTenant(realm, account)));
        IAuthenticationResult renewed = get(msal.acquireTokenSilently(SilentParameters.builder(Set.of(SCOPE), account)
                .forceRefresh(true)
                .build()));

        assertThat(account.username()).isEqualTo(SignIn.ALICE);
        assertThat(cached.accessToken()).isEqualTo(ours.accessToken());
        assertThat(renewed.accessToken()).isNotEqualTo(cached.accessToken());
    }

    /** It looks for access tokens under the tenant as the address names it; ours are kept under the tenant's id. */
    private static SilentParameters inHomeTenant(SharedRealm realm, IAccount account) {
        SilentParameters.SilentParametersBuilder request = SilentParameters.builder(Set.of(SCOPE), account);
        return realm == SharedRealm.ADFS
                ? request.build()
                : request.tenant(authority.tenant("contoso").id().toString()).build();
    }

    private static PublicClientApplication msal4j(SharedRealm realm) throws Exception {
        return PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(realm.address(authority) + "/")
                .aadInstanceDiscoveryResponse(authority.msal4jInstanceDiscovery())
                .sslSocketFactory(authority.sslContext().getSocketFactory())
                .build();
    }

    private static IAuthenticationResult signIn(PublicClientApplication application) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        AuthorizationRequestUrlParameters request = AuthorizationRequestUrlParameters.builder(
                        SignIn.REDIRECT_URI, Set.of(SCOPE))
                .codeChallenge(CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue())
                .codeChallengeMethod("S256")
                .build();
        String code = SignIn.codeFor(
                authority, application.getAuthorizationRequestUrl(request).toURI());
        return get(application.acquireToken(AuthorizationCodeParameters.builder(code, URI.create(SignIn.REDIRECT_URI))
                .scopes(Set.of(SCOPE))
                .codeVerifier(verifier.getValue())
                .build()));
    }
}
