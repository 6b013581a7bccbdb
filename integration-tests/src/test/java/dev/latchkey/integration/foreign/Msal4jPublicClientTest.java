package dev.latchkey.integration.foreign;

import static dev.latchkey.integration.foreign.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import com.microsoft.aad.msal4j.SilentParameters;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's Java library as a public client over https, configured with the authority's metadata instead of asking
 * login.microsoftonline.com.
 */
final class Msal4jPublicClientTest {
    private static final Set<String> SCOPES = Set.of("User.Read");

    private LocalAuthority authority;

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder().https().namedLocalhost().start();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void authorizationCode_signedIn_givesTokensAndAccount() throws Exception {
        PublicClientApplication application = application("contoso");

        IAuthenticationResult result = signIn(application);

        assertThat(result.accessToken()).isNotEmpty();
        assertThat(result.idToken()).isNotEmpty();
        assertThat(result.scopes()).contains("User.Read");
        assertThat(result.account().username()).isEqualTo(SignIn.ALICE);
        assertThat(result.account().homeAccountId())
                .isEqualTo(authority.user(SignIn.ALICE).id() + "."
                        + authority.tenant("contoso").id());
        IAccount account = get(application.getAccounts()).iterator().next();
        assertThat(account.username()).isEqualTo(SignIn.ALICE);
        assertThat(account.getTenantProfiles()).hasSize(1);
        assertThat(statusOfApi(result.accessToken())).isEqualTo(200);
    }

    @Test
    void deviceCode_enteredByThePerson_givesTokens() throws Exception {
        PublicClientApplication application = application("contoso");
        DeviceCodeFlowParameters request = DeviceCodeFlowParameters.builder(SCOPES, device -> authority
                        .person(SignIn.ALICE)
                        .entersCode(URI.create(device.verificationUri()), device.userCode()))
                .build();

        IAuthenticationResult result = get(application.acquireToken(request));

        assertThat(result.account().username()).isEqualTo(SignIn.ALICE);
        assertThat(statusOfApi(result.accessToken())).isEqualTo(200);
    }

    @Test
    void removedAccount_isForgotten() throws Exception {
        PublicClientApplication application = application("contoso");
        IAuthenticationResult signedIn = signIn(application);

        application.removeAccount(signedIn.account()).get(30, TimeUnit.SECONDS);

        assertThat(get(application.getAccounts())).isEmpty();
    }

    @Test
    void silent_freshToken_comesFromItsCache() throws Exception {
        PublicClientApplication application = application("contoso");
        IAuthenticationResult signedIn = signIn(application);

        IAuthenticationResult silent =
                get(application.acquireTokenSilently(silent(signedIn).build()));

        assertThat(silent.accessToken()).isEqualTo(signedIn.accessToken());
        authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).none();
    }

    @Test
    void silent_forced_refreshesAndRotates() throws Exception {
        PublicClientApplication application = application("contoso");
        IAuthenticationResult signedIn = signIn(application);

        IAuthenticationResult first = get(application.acquireTokenSilently(
                silent(signedIn).forceRefresh(true).build()));
        IAuthenticationResult second = get(application.acquireTokenSilently(
                silent(signedIn).forceRefresh(true).build()));

        assertThat(Set.of(signedIn.accessToken(), first.accessToken(), second.accessToken()))
                .hasSize(3);
        assertThat(statusOfApi(second.accessToken())).isEqualTo(200);
        authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(2);
    }

    @Test
    void silent_viaCommonAndAnotherScope_refreshes() throws Exception {
        PublicClientApplication application = application("common");
        IAuthenticationResult signedIn = signIn(application, Set.of("User.Read", "Mail.Read"));

        IAuthenticationResult mail =
                get(application.acquireTokenSilently(SilentParameters.builder(Set.of("Mail.Read"), signedIn.account())
                        .forceRefresh(true)
                        .build()));

        assertThat(mail.scopes()).contains("Mail.Read");
        assertThat(mail.account().homeAccountId()).isEqualTo(signedIn.account().homeAccountId());
    }

    @Test
    void refreshToken_unknown_wantsThePersonAgain() throws Exception {
        PublicClientApplication application = application("contoso");
        String unknown = "not-a-token-of-this-authority";

        assertThatThrownBy(() -> get(application.acquireToken(
                        RefreshTokenParameters.builder(SCOPES, unknown).build())))
                .isInstanceOfSatisfying(MsalInteractionRequiredException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("invalid_grant"));
    }

    @Test
    void silent_serverUnavailableOnce_msal4jTriesAgainByItself() throws Exception {
        PublicClientApplication application = application("contoso");
        IAuthenticationResult signedIn = signIn(application);
        authority
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.unavailable());

        IAuthenticationResult refreshed = get(application.acquireTokenSilently(
                silent(signedIn).forceRefresh(true).build()));

        assertThat(statusOfApi(refreshed.accessToken())).isEqualTo(200);
        authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(2);
    }

    private PublicClientApplication application(String tenant) throws Exception {
        return PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(authority.entraAuthority(tenant) + "/")
                .aadInstanceDiscoveryResponse(authority.msal4jInstanceDiscovery())
                .sslSocketFactory(authority.sslContext().getSocketFactory())
                .build();
    }

    private IAuthenticationResult signIn(PublicClientApplication application) throws Exception {
        return signIn(application, SCOPES);
    }

    private IAuthenticationResult signIn(PublicClientApplication application, Set<String> scopes) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        AuthorizationRequestUrlParameters request = AuthorizationRequestUrlParameters.builder(
                        SignIn.REDIRECT_URI, scopes)
                .codeChallenge(CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue())
                .codeChallengeMethod("S256")
                .state("of this test")
                .build();
        String code = SignIn.codeFor(
                authority, application.getAuthorizationRequestUrl(request).toURI());
        return get(application.acquireToken(AuthorizationCodeParameters.builder(code, URI.create(SignIn.REDIRECT_URI))
                .scopes(scopes)
                .codeVerifier(verifier.getValue())
                .build()));
    }

    private static SilentParameters.SilentParametersBuilder silent(IAuthenticationResult signedIn) {
        return SilentParameters.builder(SCOPES, signedIn.account());
    }

    private int statusOfApi(String accessToken) throws Exception {
        return http().send(
                        HttpRequest.newBuilder(URI.create(authority.apiUri() + "/me"))
                                .header("Authorization", "Bearer " + accessToken)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private HttpClient http() {
        return HttpClient.newBuilder()
                .sslContext(authority.sslContext())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
