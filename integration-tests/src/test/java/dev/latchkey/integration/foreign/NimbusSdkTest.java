package dev.latchkey.integration.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.latchkey.authority.LocalAuthority;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Nimbus SDK parses every message strictly, and checks tokens as OpenID Connect Core specifies. */
final class NimbusSdkTest {
    private static final ClientID CLIENT_ID = new ClientID(LocalAuthority.DEFAULT_CLIENT_ID);
    private static final URI REDIRECT_URI = URI.create(SignIn.REDIRECT_URI);

    private final CodeVerifier verifier = new CodeVerifier();
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private LocalAuthority authority;

    @BeforeEach
    void start() {
        authority = LocalAuthority.start();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void oidcIssuer_codeFlow_passesEveryCheck() throws Exception {
        codeFlow(new Issuer(authority.oidcIssuer()));
    }

    @Test
    void entraIssuer_codeFlow_passesEveryCheck() throws Exception {
        codeFlow(new Issuer(
                authority.baseUri() + "/" + authority.tenant("contoso").id() + "/v2.0"));
    }

    @Test
    void refresh_issuesAnIdTokenOfTheSameSubject() throws Exception {
        OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(new Issuer(authority.oidcIssuer()));
        OIDCTokenResponse first = redeem(metadata);

        OIDCTokenResponse second =
                tokens(metadata, new RefreshTokenGrant(first.getOIDCTokens().getRefreshToken()));

        assertThat(second.getOIDCTokens().getRefreshToken())
                .isNotEqualTo(first.getOIDCTokens().getRefreshToken());
        assertThat(validator(metadata)
                        .validate(second.getOIDCTokens().getIDToken(), null)
                        .getSubject())
                .isEqualTo(validator(metadata)
                        .validate(first.getOIDCTokens().getIDToken(), nonce)
                        .getSubject());
    }

    private void codeFlow(Issuer issuer) throws Exception {
        OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer);
        OIDCTokenResponse tokens = redeem(metadata);

        IDTokenClaimsSet claims =
                validator(metadata).validate(tokens.getOIDCTokens().getIDToken(), nonce);
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo(SignIn.ALICE);
        if (claims.getAccessTokenHash() != null) {
            AccessTokenValidator.validate(
                    tokens.getOIDCTokens().getAccessToken(), JWSAlgorithm.RS256, claims.getAccessTokenHash());
        }
        UserInfoResponse userInfo = UserInfoResponse.parse(new UserInfoRequest(
                        metadata.getUserInfoEndpointURI(),
                        tokens.getOIDCTokens().getAccessToken())
                .toHTTPRequest()
                .send());
        assertThat(userInfo.indicatesSuccess()).isTrue();
        assertThat(userInfo.toSuccessResponse().getUserInfo().getSubject()).isEqualTo(claims.getSubject());
    }

    private OIDCTokenResponse redeem(OIDCProviderMetadata metadata) throws Exception {
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile", "offline_access"), CLIENT_ID, REDIRECT_URI)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        URI arrivedAt = SignIn.answer(authority.person(SignIn.ALICE), request.toURI())
                .arrivedAt()
                .orElseThrow();
        var answer = AuthenticationResponseParser.parse(arrivedAt).toSuccessResponse();
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(metadata.getIssuer());
        return tokens(metadata, new AuthorizationCodeGrant(answer.getAuthorizationCode(), REDIRECT_URI, verifier));
    }

    private static OIDCTokenResponse tokens(OIDCProviderMetadata metadata, AuthorizationGrant grant) throws Exception {
        TokenRequest request = new TokenRequest(metadata.getTokenEndpointURI(), CLIENT_ID, grant, null);
        return (OIDCTokenResponse)
                OIDCTokenResponseParser.parse(request.toHTTPRequest().send()).toSuccessResponse();
    }

    private static IDTokenValidator validator(OIDCProviderMetadata metadata) throws Exception {
        return new IDTokenValidator(
                metadata.getIssuer(),
                CLIENT_ID,
                JWSAlgorithm.RS256,
                metadata.getJWKSetURI().toURL());
    }
}
