package dev.latchkey.integration.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.authority.LocalAuthority;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/** The login of a web application, with the parts that Spring Security uses for {@code oauth2Login()}. */
final class SpringLogin {
    static final String API = "api://orders";
    static final String CLIENT_ID = "web-app";
    static final String SECRET = "s3cret of the web & app";

    private final LocalAuthority authority;
    private final ClientRegistration registration;

    SpringLogin(LocalAuthority authority, String issuer) {
        this.authority = authority;
        this.registration = ClientRegistrations.fromIssuerLocation(issuer)
                .registrationId("local")
                .clientId(CLIENT_ID)
                .clientSecret(SECRET)
                .redirectUri(SignIn.REDIRECT_URI)
                .scope("openid", "profile", "offline_access", API + "/Orders.Read")
                .build();
    }

    ClientRegistration registration() {
        return registration;
    }

    /** Spring checks state, nonce, ID token and user info. */
    OAuth2LoginAuthenticationToken signIn() {
        OAuth2AuthorizationExchange exchange = exchange();
        var provider = new OidcAuthorizationCodeAuthenticationProvider(
                new RestClientAuthorizationCodeTokenResponseClient(), new OidcUserService());
        return (OAuth2LoginAuthenticationToken)
                provider.authenticate(new OAuth2LoginAuthenticationToken(registration, exchange));
    }

    OAuth2AccessTokenResponse refresh(OAuth2AccessToken accessToken, OAuth2RefreshToken refreshToken) {
        return new RestClientRefreshTokenTokenResponseClient()
                .getTokenResponse(new OAuth2RefreshTokenGrantRequest(registration, accessToken, refreshToken));
    }

    private OAuth2AuthorizationExchange exchange() {
        OAuth2AuthorizationRequest request = request();
        Map<String, String> answer = SignIn.answer(
                        authority.person(SignIn.ALICE), URI.create(request.getAuthorizationRequestUri()))
                .answer();
        return new OAuth2AuthorizationExchange(
                request,
                OAuth2AuthorizationResponse.success(answer.get("code"))
                        .state(answer.get("state"))
                        .redirectUri(SignIn.REDIRECT_URI)
                        .build());
    }

    private OAuth2AuthorizationRequest request() {
        String nonce = "nonce of this sign-in";
        OAuth2AuthorizationRequest.Builder request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(CLIENT_ID)
                .redirectUri(SignIn.REDIRECT_URI)
                .scopes(registration.getScopes())
                .state("state of this sign-in")
                .attributes(attributes -> attributes.put(OidcParameterNames.NONCE, nonce))
                .additionalParameters(parameters -> parameters.put(OidcParameterNames.NONCE, hash(nonce)));
        OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
        return request.build();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
