package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningTest {
    private static final String SECRET = "a secret that is long enough for HS256";

    private final LocalAuthority idp = start();
    private final TestClient oidc = TestClient.oidc(idp);

    private static LocalAuthority start() {
        LocalAuthorityBuilder builder = LocalAuthority.builder();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            builder.client(Client.confidentialClient(algorithm.wireName(), SECRET)
                    .redirectUri("http://localhost")
                    .postLogoutRedirectUri("http://localhost/bye")
                    .idTokenSignedResponseAlg(algorithm)
                    .userInfoSignedResponseAlg(algorithm));
        }
        return builder.start();
    }

    @AfterEach
    void stop() {
        idp.close();
    }

    @ParameterizedTest
    @EnumSource
    void idTokenAndUserInfo_areSignedAsRegistered(SigningAlgorithm algorithm) throws Exception {
        Answer tokens = tokens(oidc, algorithm);
        Answer userInfo =
                oidc.get(idp.oidcIssuer() + "/userinfo", "Authorization", "Bearer " + tokens.text("access_token"));

        assertThat(userInfo.header("content-type")).isEqualTo("application/jwt");
        for (String jwt : List.of(tokens.text("id_token"), userInfo.response().body())) {
            assertThat(SignedJWT.parse(jwt).getHeader().getAlgorithm().getName())
                    .isEqualTo(algorithm.wireName());
            assertThat(TestClient.claims(jwt)).containsEntry("aud", algorithm.wireName());
            assertThat(isSigned(jwt)).isTrue();
        }
        assertThat(SignedJWT.parse(tokens.text("access_token"))
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo("RS256");
    }

    @ParameterizedTest
    @EnumSource
    void registeredAlgorithm_isOfNoConcernToMicrosofts(SigningAlgorithm algorithm) throws Exception {
        TestClient entra = TestClient.entra(idp, "contoso");

        String idToken = tokens(entra, algorithm).text("id_token");

        assertThat(SignedJWT.parse(idToken).getHeader().getAlgorithm().getName())
                .isEqualTo("RS256");
        assertThat(JWKSet.parse(entra.get(idp.entraAuthority("contoso") + "/discovery/v2.0/keys")
                                .response()
                                .body())
                        .getKeys())
                .allSatisfy(key -> assertThat(key).isInstanceOf(RSAKey.class));
    }

    @ParameterizedTest
    @EnumSource
    void idTokenHint_isKnownAgainHoweverItIsSigned(SigningAlgorithm algorithm) {
        String idToken = tokens(oidc, algorithm).text("id_token");
        String logout = idp.oidcIssuer() + "/logout?post_logout_redirect_uri=http://localhost:7777/bye&id_token_hint=";

        assertThat(oidc.get(logout + idToken).header("location")).isEqualTo("http://localhost:7777/bye");
        assertThat(oidc.get(logout + broken(idToken)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void flawedIdToken_hasTheAlgorithmOfTheRightOne(SigningAlgorithm algorithm) throws Exception {
        for (IdTokenFlaw flaw : List.of(
                IdTokenFlaw.WRONG_AUDIENCE,
                IdTokenFlaw.SEVERAL_AUDIENCES,
                IdTokenFlaw.UNKNOWN_KEY,
                IdTokenFlaw.BROKEN_SIGNATURE)) {
            String idToken;
            try (ActiveFault flawed = idp.faults().on(Endpoint.TOKEN).answer(Fault.idToken(flaw))) {
                idToken = tokens(oidc, algorithm).text("id_token");
                assertThat(flawed.timesMet()).isEqualTo(1);
            }

            assertThat(SignedJWT.parse(idToken).getHeader().getAlgorithm().getName())
                    .isEqualTo(algorithm.wireName());
            boolean wellSigned = flaw == IdTokenFlaw.WRONG_AUDIENCE || flaw == IdTokenFlaw.SEVERAL_AUDIENCES;
            assertThat(isSigned(idToken)).as(flaw.name()).isEqualTo(wellSigned);
        }
    }

    @Test
    void whatAClientCouldHaveSigned_isNoAccessToken() {
        String idToken = tokens(oidc, SigningAlgorithm.HS256).text("id_token");

        assertThat(oidc.get(idp.oidcIssuer() + "/userinfo", "Authorization", "Bearer " + idToken)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void metadata_listsWhatTheIssuerSigns() {
        Answer plain = oidc.get(idp.oidcIssuer() + "/.well-known/openid-configuration");
        Answer entra = oidc.get(idp.entraAuthority("contoso") + "/v2.0/.well-known/openid-configuration");

        assertThat(plain.json().strings("id_token_signing_alg_values_supported"))
                .containsExactly("RS256", "EdDSA", "HS256");
        assertThat(plain.json().strings("userinfo_signing_alg_values_supported"))
                .containsExactly("RS256", "EdDSA", "HS256");
        assertThat(entra.json().strings("id_token_signing_alg_values_supported"))
                .containsExactly("RS256");
    }

    @Test
    void rotatedKeys_areBothNew() throws Exception {
        String before = tokens(oidc, SigningAlgorithm.EDDSA).text("id_token");
        idp.faults().rotateKeysWithoutOverlap();

        assertThat(isSigned(before)).isFalse();
        assertThat(isSigned(tokens(oidc, SigningAlgorithm.EDDSA).text("id_token")))
                .isTrue();
    }

    @Test
    void hmac_withoutASecretLongEnough_isAMistakeOfTheRegistration() {
        List<Client> clients = List.of(
                Client.confidentialClient("app", "31 bytes are too few for HS256.")
                        .idTokenSignedResponseAlg(SigningAlgorithm.HS256),
                Client.confidentialClient("app", "short").userInfoSignedResponseAlg(SigningAlgorithm.HS256),
                Client.publicClient("app").idTokenSignedResponseAlg(SigningAlgorithm.HS256));
        for (Client client : clients) {
            LocalAuthorityBuilder builder = LocalAuthority.builder().client(client);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "EdDSA", "HS256"})
    void registration_takesAlgorithms(String name) throws Exception {
        Answer registered = register("client_secret_basic", name);
        String clientId = registered.text("client_id");
        String code = oidc.signIn(idp, "client_id", clientId).answer().get("code");
        Answer tokens = oidc.redeem(code, "client_id", clientId, "client_secret", registered.text("client_secret"));

        assertThat(registered.text("id_token_signed_response_alg")).isEqualTo(name);
        assertThat(registered.text("userinfo_signed_response_alg")).isEqualTo(name);
        assertThat(SignedJWT.parse(tokens.text("id_token"))
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo(name);
    }

    @Test
    void registration_ofAnAlgorithmThatCannotBe_isRefused() {
        assertThat(register("none", "HS256").text("error")).isEqualTo("invalid_client_metadata");
        assertThat(register("client_secret_basic", "none").text("error")).isEqualTo("invalid_client_metadata");
        assertThat(register("client_secret_basic", "PS512").text("error")).isEqualTo("invalid_client_metadata");
    }

    private Answer tokens(TestClient client, SigningAlgorithm algorithm) {
        String id = algorithm.wireName();
        String code = client.signIn(idp, "client_id", id).answer().get("code");
        return client.redeem(code, "client_id", id, "client_secret", SECRET);
    }

    private Answer register(String method, String algorithm) {
        String metadata = "{\"redirect_uris\":[\"http://localhost:7777\"],\"token_endpoint_auth_method\":\"" + method
                + "\",\"id_token_signed_response_alg\":\"" + algorithm + "\",\"userinfo_signed_response_alg\":\""
                + algorithm + "\"}";
        return oidc.send(
                HttpRequest.newBuilder(URI.create(idp.oidcIssuer() + "/register"))
                        .POST(HttpRequest.BodyPublishers.ofString(metadata)),
                "Content-Type",
                "application/json");
    }

    private static String broken(String jwt) {
        int middle = (jwt.lastIndexOf('.') + jwt.length()) / 2;
        return jwt.substring(0, middle) + (jwt.charAt(middle) == 'A' ? 'B' : 'A') + jwt.substring(middle + 1);
    }

    /** Verified with the published keys or the secret, by the JDK and Nimbus alone. */
    private boolean isSigned(String text) throws Exception {
        SignedJWT jwt = SignedJWT.parse(text);
        if (jwt.getHeader().getAlgorithm().getName().equals("HS256")) {
            return jwt.verify(new MACVerifier(SECRET));
        }
        JWKSet keys =
                JWKSet.parse(oidc.get(idp.oidcIssuer() + "/jwks").response().body());
        Optional<JWK> key =
                Optional.ofNullable(keys.getKeyByKeyId(jwt.getHeader().getKeyID()));
        if (key.isEmpty()) {
            return false;
        }
        boolean rsa = key.get() instanceof RSAKey;
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        signature.initVerify(rsa ? ((RSAKey) key.get()).toRSAPublicKey() : edwards((OctetKeyPair) key.get()));
        signature.update(jwt.getSigningInput());
        try {
            return signature.verify(jwt.getSignature().decode());
        } catch (SignatureException notEvenAPoint) {
            return false;
        }
    }

    /** RFC 8032 section 5.1.2: little-endian y, and the sign of x in its last bit. */
    private static PublicKey edwards(OctetKeyPair key) throws Exception {
        byte[] bytes = key.getDecodedX();
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        boolean odd = reversed[0] < 0;
        reversed[0] = (byte) (reversed[0] & 0x7f);
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, reversed));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
