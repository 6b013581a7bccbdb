package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which algorithms pass: the asymmetric ones, or the one that the client is registered for. */
class SignatureRuleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Secret ACCESS_TOKEN = Secret.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    private static final String SECRET = "0123456789abcdef".repeat(4);
    private static final KeyPair ED25519 = ed25519();

    // ---- EdDSA (RFC 8037 appendix A, RFC 9864)

    /** The key and the signature of RFC 8037 appendix A.2 to A.4. */
    @Test
    void ed25519_ofTheSpecification_isVerified() throws Exception {
        Ed25519Verifier verifier =
                Ed25519Verifier.of(new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").decode());
        byte[] signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
        String signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

        JWSHeader header = new JWSHeader(JWSAlgorithm.EdDSA);
        assertThat(verifier.verify(header, signed, new Base64URL(signature))).isTrue();
        signed[0]++;
        assertThat(verifier.verify(header, signed, new Base64URL(signature))).isFalse();
        assertThat(verifier.verify(header, signed, new Base64URL("AAAA"))).isFalse();
        assertThat(verifier.verify(header, signed, new Base64URL(""))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // header, key
        "EdDSA, EdDSA",
        "Ed25519, Ed25519",
        "EdDSA, Ed25519",
        "Ed25519, EdDSA",
        "EdDSA, ",
        "Ed25519, ",
    })
    void ed25519_byEitherName_isVerifiedAndItsHashIsSha512(String algorithm, @Nullable String keyAlgorithm)
            throws Exception {
        VerifiedIdToken token = IdTokenVerifier.verify(
                edToken(algorithm, hash("SHA-512")),
                edKeys(keyAlgorithm),
                expected(SignatureRule.ASYMMETRIC_ONLY),
                NOW);

        assertThat(token.subject()).isEqualTo("ada");
    }

    @Test
    void ed25519_withAnotherHash_isRefused() throws Exception {
        for (String digest : new String[] {"SHA-256", "SHA-384"}) {
            assertRefused(
                    edToken("EdDSA", hash(digest)),
                    edKeys(null),
                    SignatureRule.ASYMMETRIC_ONLY,
                    "id_token_hash_mismatch");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "Ed448"})
    void ed25519_keyForAnotherAlgorithm_isNotUsed(String keyAlgorithm) throws Exception {
        assertRefused(
                edToken("EdDSA", hash("SHA-512")),
                edKeys(keyAlgorithm),
                SignatureRule.ASYMMETRIC_ONLY,
                "id_token_key_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":7}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
            })
    void key_ofAnotherKindOrBroken_isPassedOver(String key) {
        assertThat(TestKeys.check("{\"keys\":[" + key + "]}").size()).isZero();
    }

    @Test
    void ed25519_changedAnywhere_isRefused() throws Exception {
        String text = edToken("EdDSA", hash("SHA-512")).token().reveal();
        SigningKeys keys = edKeys(null);
        for (int i = 0; i < text.length(); i += 5) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            RawIdToken changed = new RawIdToken(Secret.of(text.substring(0, i) + other + text.substring(i + 1)));
            assertThatThrownBy(
                            () -> IdTokenVerifier.verify(changed, keys, expected(SignatureRule.ASYMMETRIC_ONLY), NOW))
                    .isInstanceOf(ClientAuthException.class);
        }
    }

    // ---- HS256 to 512 (OpenID Connect Core 10.1)

    @ParameterizedTest
    @CsvSource({"HS256, SHA-256", "HS384, SHA-384", "HS512, SHA-512"})
    void secret_whereTheRegistrationSaysSo_isTheKey(String algorithm, String digest) throws Exception {
        RawIdToken token = hsToken(algorithm, SECRET, hash(digest));

        assertThat(IdTokenVerifier.verify(
                                token,
                                SigningKeys.NONE,
                                expected(SignatureRule.only(algorithm, Secret.of(SECRET))),
                                NOW)
                        .subject())
                .isEqualTo("ada");
        assertRefused(token, TestKeys.KEYS, SignatureRule.ASYMMETRIC_ONLY, "id_token_algorithm_rejected");
        assertRefused(
                token,
                TestKeys.KEYS,
                SignatureRule.only(algorithm, Secret.of("x" + SECRET)),
                "id_token_signature_invalid");
    }

    @Test
    void secret_whereNothingIsSet_isRefusedWithTheWayOut() throws Exception {
        RawIdToken token = hsToken("HS256", SECRET, hash("SHA-256"));

        assertThatThrownBy(() ->
                        IdTokenVerifier.verify(token, TestKeys.KEYS, expected(SignatureRule.ASYMMETRIC_ONLY), NOW))
                .hasMessageContaining("is signed with HS256")
                .hasMessageContaining("idTokenSignedResponseAlg(\"HS256\")")
                .hasMessageContaining("choose a signing key at the authority");
        assertThatThrownBy(() ->
                        IdTokenVerifier.verify(token, TestKeys.KEYS, expected(SignatureRule.only("RS256", null)), NOW))
                .hasMessageContaining("accepted is RS256 alone")
                .hasMessageNotContaining("choose a signing key");
    }

    @Test
    void secret_whateverTheHeaderCallsIt_isTheKey() throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("some").build(), new Payload(Json.write(claims())));
        token.sign(new MACSigner(SECRET));

        assertThat(IdTokenVerifier.verify(
                                new RawIdToken(Secret.of(token.serialize())),
                                SigningKeys.NONE,
                                expected(SignatureRule.only("HS256", Secret.of(SECRET))),
                                NOW)
                        .subject())
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource({"HS256, 31", "HS384, 47", "HS512, 63"})
    void secret_shorterThanTheHash_isRefusedAtOnce(String algorithm, int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureRule.only(algorithm, Secret.of("s".repeat(length))))
                .withMessageContaining("at least " + (length + 1) + " bytes");
        assertThat(SignatureRule.only(algorithm, Secret.of("s".repeat(length + 1)))
                        .isSymmetric())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void secret_thatThereIsNot_isSaidAtOnce(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureRule.only(algorithm, null))
                .withMessageContaining("confidential client");
    }

    // ---- the registered algorithm

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
    void registeredAlgorithm_aloneIsAccepted(String registered) {
        for (String used : new String[] {"RS256", "RS384", "PS256", "ES256", "ES384", "ES512"}) {
            RawIdToken token = TestKeys.signed(
                    JWSAlgorithm.parse(used),
                    switch (used) {
                        case "ES256" -> TestKeys.EC_256;
                        case "ES384" -> TestKeys.EC_384;
                        case "ES512" -> TestKeys.EC_521;
                        default -> TestKeys.RSA;
                    },
                    claims());
            SignatureRule rule = SignatureRule.only(registered, null);
            if (used.equals(registered)) {
                assertThat(IdTokenVerifier.verify(token, TestKeys.KEYS, expected(rule), NOW)
                                .subject())
                        .isEqualTo("ada");
            } else {
                assertRefused(token, TestKeys.KEYS, rule, "id_token_algorithm_rejected");
            }
        }
    }

    /** A secret is no public key, and the other way round. */
    @Test
    void registeredAlgorithm_andAnotherKindOfKey_areNotConfused() throws Exception {
        RawIdToken withSecret = hsToken("HS256", SECRET, hash("SHA-256"));
        RawIdToken withKey = TestKeys.signed(JWSAlgorithm.RS256, TestKeys.RSA, claims());

        assertRefused(withSecret, TestKeys.KEYS, SignatureRule.only("RS256", null), "id_token_algorithm_rejected");
        assertRefused(
                withSecret,
                TestKeys.KEYS,
                SignatureRule.only("HS512", Secret.of(SECRET)),
                "id_token_algorithm_rejected");
        assertRefused(
                withKey, TestKeys.KEYS, SignatureRule.only("HS256", Secret.of(SECRET)), "id_token_algorithm_rejected");
        assertRefused(
                edToken("EdDSA", hash("SHA-512")),
                edKeys(null),
                SignatureRule.only("Ed25519", null),
                "id_token_algorithm_rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "rs256", "HS1", "ES256K", "RSA-OAEP", "\u001b[2J"})
    void algorithm_thatNobodyKnows_isRefusedAtOnce(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureRule.only(algorithm, Secret.of(SECRET)))
                .withMessageNotContaining("\u001b");
    }

    private static void assertRefused(RawIdToken token, SigningKeys keys, SignatureRule rule, String code) {
        assertThatThrownBy(() -> IdTokenVerifier.verify(token, keys, expected(rule), NOW))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code));
    }

    private static IdTokenExpectations expected(SignatureRule rule) {
        return IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "call-1")
                .signature(rule)
                .accessToken(ACCESS_TOKEN)
                .build();
    }

    private static SigningKeys edKeys(@Nullable String algorithm) {
        byte[] encoded = ED25519.getPublic().getEncoded();
        String x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))
                .toString();
        String alg = algorithm == null ? "" : ",\"alg\":\"" + algorithm + "\"";
        return TestKeys.check(
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\"" + x + "\"" + alg + "}]}");
    }

    private static RawIdToken edToken(String algorithm, String accessTokenHash) throws GeneralSecurityException {
        Map<String, Object> claims = claims();
        claims.put("at_hash", accessTokenHash);
        String input = Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"ed\"}") + "."
                + Base64URL.encode(Json.write(claims));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(ED25519.getPrivate());
        signer.update(input.getBytes(StandardCharsets.US_ASCII));
        return new RawIdToken(Secret.of(input + "." + Base64URL.encode(signer.sign())));
    }

    private static RawIdToken hsToken(String algorithm, String secret, String accessTokenHash) throws JOSEException {
        Map<String, Object> claims = claims();
        claims.put("at_hash", accessTokenHash);
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.parse(algorithm)), new Payload(Json.write(claims)));
        token.sign(new MACSigner(secret));
        return new RawIdToken(Secret.of(token.serialize()));
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://op.example");
        claims.put("aud", "client");
        claims.put("sub", "ada");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 3600);
        return claims;
    }

    private static String hash(String digest) throws GeneralSecurityException {
        byte[] hash =
                MessageDigest.getInstance(digest).digest(ACCESS_TOKEN.reveal().getBytes(StandardCharsets.US_ASCII));
        return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
