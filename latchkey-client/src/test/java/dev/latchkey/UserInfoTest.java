package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the authority says about the person, believed only if it is about that person. */
@Timeout(60)
class UserInfoTest {
    private static final ECKey KEY = key("signed-info");

    private final Bench bench = Bench.with(it -> it);
    private AuthenticationResult result;
    private PublicClientApplication app;

    @BeforeEach
    void signIn() {
        app = bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC)
                .defaultScopes("profile", "email"));
        result = Face.FUTURES.popup(app, PopupRequest.of("openid", "email"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void claims_areAboutThePersonWhoSignedIn() {
        assertThat(Face.join(app.userInfo(result)).string("sub"))
                .isEqualTo(result.idTokenClaims().string("sub"));
        assertThat(app.blocking().userInfo(result).string("email")).isEqualTo(Bench.ALICE);
    }

    @Test
    void claimsAboutSomebodyElse_areNotUsed() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.with("sub", "somebody-else"));
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.USERINFO_SUBJECT_MISMATCH);
                    assertThat(e.endpoint()).isPresent();
                    assertThat(e.correlationId()).isPresent();
                });
    }

    @Test
    void claimsWithoutSubject_areNotUsed() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.without("sub"));
        assertThatThrownBy(() -> app.blocking().userInfo(result))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.USERINFO_SUBJECT_MISMATCH));
    }

    @Test
    void answerThatIsNoJson_isSaidToBe() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.notJson());
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE));
    }

    @Test
    void signedClaims_areVerifiedAndRead() {
        Map<String, Object> claims = signedClaims();
        answer("application/jwt; charset=UTF-8", signed(claims, KEY));
        assertThat(Face.join(app.userInfo(result)).string("email")).isEqualTo("ada@op.example");

        claims.put("aud", List.of(LocalAuthority.DEFAULT_CLIENT_ID, "other"));
        answer("Application/JWT", signed(claims, KEY));
        assertThat(Face.join(app.userInfo(result)).string("email")).isEqualTo("ada@op.example");
    }

    @ParameterizedTest
    @CsvSource({
        "sub, somebody-else, userinfo_subject_mismatch, about another person",
        "sub, , userinfo_subject_mismatch, does not say whom it is about",
        "iss, https://other.example, invalid_userinfo, the user info is from another issuer",
        "iss, , invalid_userinfo, the user info has no iss",
        "aud, other, invalid_userinfo, the user info is for another client",
        "aud, , invalid_userinfo, the user info has no aud",
    })
    void signedClaims_thatDoNotAgree_areNotUsed(String claim, String value, String code, String words) {
        Map<String, Object> claims = signedClaims();
        claims.remove(claim);
        if (value != null) {
            claims.put(claim, value);
        }
        answer("application/jwt", signed(claims, KEY));

        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e.endpoint()).isPresent();
                    assertThat(e.correlationId()).isPresent();
                })
                .hasMessageContaining(words);
    }

    @Test
    void signedClaims_ofAStrangerOrUnsigned_areNotUsed() {
        List<String> forged = List.of(
                signed(signedClaims(), key("signed-info")),
                signed(signedClaims(), key("unknown")),
                "eyJhbGciOiJub25lIn0.e30.",
                "a.b.c.d.e",
                "{\"sub\":\"" + result.idTokenClaims().string("sub") + "\"}");
        for (String text : forged) {
            answer("application/jwt", text);
            assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                    .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.INVALID_USERINFO));
        }
    }

    /** The authority's own keys with one more, and this answer. */
    private void answer(String mediaType, String body) {
        bench.wire.script((message, real) -> {
            if (message.uri().getPath().endsWith("/userinfo")) {
                return new HttpAnswer(200, Map.of("Content-Type", List.of(mediaType)), body);
            }
            return message.uri().getPath().endsWith("/keys")
                            || message.uri().getPath().endsWith("/jwks")
                    ? new HttpAnswer(200, Map.of(), new JWKSet(KEY).toString())
                    : null;
        });
    }

    private Map<String, Object> signedClaims() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", result.idTokenClaims().string("iss"));
        claims.put("aud", LocalAuthority.DEFAULT_CLIENT_ID);
        claims.put("sub", result.idTokenClaims().string("sub"));
        claims.put("email", "ada@op.example");
        return claims;
    }

    private static String signed(Map<String, Object> claims, ECKey key) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(Json.write(claims)));
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void authorityWithoutUserInfo_saysSo() {
        bench.wire.metadata("userinfo_endpoint", "");
        bench.clock.advance(java.time.Duration.ofHours(25));
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ENDPOINT_NOT_SUPPORTED))
                .hasMessageContaining("the metadata has no userinfo_endpoint");
    }

    @Test
    void executorRefuses_isAFailureOfTheCall() {
        PublicClientApplication refusing = bench.application(it -> it.executor(task -> {
            throw new java.util.concurrent.RejectedExecutionException("shut down");
        }));
        assertThatThrownBy(() -> Face.join(refusing.userInfo(result))).isInstanceOf(AuthException.class);
    }
}
