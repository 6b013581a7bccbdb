package dev.latchkey.integration.foreign;

import static dev.latchkey.integration.foreign.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.OnBehalfOfParameters;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.UserAssertion;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Microsoft's Java library as a confidential client: for itself, for a user, on behalf of a caller. */
final class Msal4jConfidentialClientTest {
    private static final String SECRET = "s3cret+of/the web & api";
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String ORDERS = "api://orders";

    private static KeyPair keys;
    private static X509Certificate certificate;

    private LocalAuthority authority;

    @BeforeAll
    static void makeCertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        certificate = SelfSigned.certificate(keys);
    }

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder()
                .https()
                .namedLocalhost()
                .api(ApiResource.of(GRAPH, "User.Read", "Mail.Read"))
                .api(ApiResource.of(ORDERS, "Orders.Read"))
                .client(Client.confidentialClient("web", SECRET)
                        .certificate(certificate)
                        .appRole("Orders.Ship")
                        .redirectUri(SignIn.REDIRECT_URI))
                .client(Client.confidentialClient("orders", SECRET)
                        .exposes(ORDERS)
                        .consentedByAdministrator())
                .start();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void clientCredentials_secret_givesATokenOnceAndThenTheCachedOne() throws Exception {
        ConfidentialClientApplication application =
                application("web", ClientCredentialFactory.createFromSecret(SECRET));

        IAuthenticationResult first = get(application.acquireToken(forItself()));
        IAuthenticationResult second = get(application.acquireToken(forItself()));

        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        authority.verify().tokenRequests(GrantType.CLIENT_CREDENTIALS).exactly(1);
    }

    @Test
    void clientCredentials_certificate_givesAToken() throws Exception {
        ConfidentialClientApplication application =
                application("web", ClientCredentialFactory.createFromCertificate(keys.getPrivate(), certificate));

        SignedJWT token =
                SignedJWT.parse(get(application.acquireToken(forItself())).accessToken());

        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(ORDERS);
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("Orders.Ship");
    }

    @Test
    void clientCredentials_wrongSecret_isAnInvalidClient() throws Exception {
        ConfidentialClientApplication application =
                application("web", ClientCredentialFactory.createFromSecret("not the secret"));

        assertThatThrownBy(() -> get(application.acquireToken(forItself())))
                .isInstanceOfSatisfying(MsalServiceException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("invalid_client"));
    }

    @Test
    void authorizationCode_certificate_signsInAndRefreshes() throws Exception {
        ConfidentialClientApplication application =
                application("web", ClientCredentialFactory.createFromCertificate(keys.getPrivate(), certificate));

        IAuthenticationResult signedIn = signIn(application, Set.of(GRAPH + "/User.Read"));
        IAuthenticationResult refreshed = get(application.acquireTokenSilently(
                SilentParameters.builder(Set.of(GRAPH + "/User.Read"), signedIn.account())
                        .forceRefresh(true)
                        .build()));

        assertThat(signedIn.account().username()).isEqualTo(SignIn.ALICE);
        assertThat(refreshed.accessToken()).isNotEqualTo(signedIn.accessToken());
    }

    @Test
    void onBehalfOf_tokenForTheApi_becomesATokenForGraphOfTheSamePerson() throws Exception {
        ConfidentialClientApplication web = application("web", ClientCredentialFactory.createFromSecret(SECRET));
        ConfidentialClientApplication orders = application("orders", ClientCredentialFactory.createFromSecret(SECRET));
        String received = signIn(web, Set.of(ORDERS + "/Orders.Read")).accessToken();
        OnBehalfOfParameters request = OnBehalfOfParameters.builder(
                        Set.of(GRAPH + "/User.Read"), new UserAssertion(received))
                .build();

        IAuthenticationResult first = get(orders.acquireToken(request));
        IAuthenticationResult second = get(orders.acquireToken(request));

        SignedJWT token = SignedJWT.parse(first.accessToken());
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(GRAPH);
        assertThat(token.getJWTClaimsSet().getStringClaim("preferred_username")).isEqualTo(SignIn.ALICE);
        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        authority.verify().tokenRequests(GrantType.JWT_BEARER).exactly(1);
    }

    private static ClientCredentialParameters forItself() {
        return ClientCredentialParameters.builder(Set.of(ORDERS + "/.default")).build();
    }

    private ConfidentialClientApplication application(String clientId, IClientCredential credential) throws Exception {
        return ConfidentialClientApplication.builder(clientId, credential)
                .authority(authority.entraAuthority("contoso") + "/")
                .aadInstanceDiscoveryResponse(authority.msal4jInstanceDiscovery())
                .sslSocketFactory(authority.sslContext().getSocketFactory())
                .build();
    }

    private IAuthenticationResult signIn(ConfidentialClientApplication application, Set<String> scopes)
            throws Exception {
        AuthorizationRequestUrlParameters request = AuthorizationRequestUrlParameters.builder(
                        SignIn.REDIRECT_URI, scopes)
                .build();
        String code = SignIn.codeFor(
                authority, application.getAuthorizationRequestUrl(request).toURI());
        return get(application.acquireToken(AuthorizationCodeParameters.builder(code, URI.create(SignIn.REDIRECT_URI))
                .scopes(scopes)
                .build()));
    }
}
