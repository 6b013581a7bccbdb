package dev.latchkey.integration.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.LocalAuthority;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Spring Security's OAuth2 client and resource server, configured only with the issuer, as is usual. */
final class SpringSecurityTest {
    private LocalAuthority authority;

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder()
                .client(Client.confidentialClient(SpringLogin.CLIENT_ID, SpringLogin.SECRET)
                        .redirectUri(SignIn.REDIRECT_URI))
                .api(ApiResource.of(SpringLogin.API, "Orders.Read"))
                .start();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void oidcIssuer_login_verifiesEverything() {
        login(authority.oidcIssuer().toString());
    }

    @Test
    void entraIssuer_login_verifiesEverything() {
        login(entraIssuer());
    }

    @Test
    void login_idTokenWithAnotherNonce_isRefusedBySpring() {
        authority.faults().on(Endpoint.TOKEN).answer(Fault.idToken(IdTokenFlaw.WRONG_NONCE));

        assertThatThrownBy(() -> oidcLogin().signIn())
                .isInstanceOfSatisfying(
                        OAuth2AuthenticationException.class,
                        e -> assertThat(e.getError().getErrorCode()).isEqualTo("invalid_nonce"));
    }

    @Test
    void refresh_rotatedToken_continuesAndTheOldOneIsDead() {
        SpringLogin login = oidcLogin();
        OAuth2LoginAuthenticationToken first = login.signIn();

        OAuth2AccessTokenResponse second = login.refresh(first.getAccessToken(), first.getRefreshToken());
        OAuth2AccessTokenResponse third = login.refresh(second.getAccessToken(), second.getRefreshToken());

        assertThat(third.getAccessToken().getTokenValue())
                .isNotEqualTo(first.getAccessToken().getTokenValue());
        assertThatThrownBy(() -> login.refresh(first.getAccessToken(), first.getRefreshToken()))
                .isInstanceOfSatisfying(
                        OAuth2AuthorizationException.class,
                        e -> assertThat(e.getError().getErrorCode()).isEqualTo("invalid_grant"));
        authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(3);
    }

    @Test
    void resourceServer_tokenOfItsIssuer_isAuthenticatedWithItsScopes() {
        String token = oidcLogin().signIn().getAccessToken().getTokenValue();
        JwtDecoder decoder =
                JwtDecoders.fromIssuerLocation(authority.oidcIssuer().toString());

        var authenticated =
                new JwtAuthenticationProvider(decoder).authenticate(new BearerTokenAuthenticationToken(token));

        assertThat(authenticated.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .contains("SCOPE_" + SpringLogin.API + "/Orders.Read");
    }

    @Test
    void resourceServer_tokenOfAnotherIssuer_isRefused() {
        String token = oidcLogin().signIn().getAccessToken().getTokenValue();
        JwtDecoder entra = JwtDecoders.fromIssuerLocation(entraIssuer());

        assertThatThrownBy(() -> entra.decode(token))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("iss");
    }

    private void login(String issuer) {
        OAuth2LoginAuthenticationToken signedIn = new SpringLogin(authority, issuer).signIn();

        OidcUser user = (OidcUser) signedIn.getPrincipal();
        assertThat(user.getPreferredUsername()).isEqualTo(SignIn.ALICE);
        assertThat(user.getUserInfo()).as("user info").isNotNull();
        assertThat(user.getIdToken().getAudience()).containsExactly(SpringLogin.CLIENT_ID);
        assertThat(signedIn.getRefreshToken()).isNotNull();
        assertThat(Duration.between(
                        signedIn.getAccessToken().getIssuedAt(),
                        signedIn.getAccessToken().getExpiresAt()))
                .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(70));
        Jwt accessToken = JwtDecoders.fromIssuerLocation(issuer)
                .decode(signedIn.getAccessToken().getTokenValue());
        assertThat(accessToken.getAudience()).containsExactly(SpringLogin.API);
    }

    private SpringLogin oidcLogin() {
        return new SpringLogin(authority, authority.oidcIssuer().toString());
    }

    private String entraIssuer() {
        return authority.baseUri() + "/" + authority.tenant("contoso").id() + "/v2.0";
    }
}
