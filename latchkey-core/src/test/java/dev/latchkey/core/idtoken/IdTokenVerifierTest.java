package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core 3.1.3.7, step by step; the refusals are those of the OpenID conformance suite and more. */
class IdTokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Secret ACCESS_TOKEN = Secret.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
    void verify_everyAcceptedAlgorithm_isVerifiedAndHashMatches(String name) throws Exception {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        Map<String, Object> claims = with("at_hash", hash("SHA-" + name.substring(2)));

        VerifiedIdToken token = verify(TestKeys.signed(algorithm, keyFor(name), claims), expected());

        assertThat(token.subject()).isEqualTo("ada");
        assertThat(token.issuer()).isEqualTo("https://op.example");
        assertThat(token.tenantId()).isNull();
    }

    // ---- signature

    @Test
    void verify_payloadTamperedWith_isRefused() {
        String[] parts = signed(claims()).token().reveal().split("\\.");
        String forged = parts[0] + "." + encode(Json.write(with("sub", "eve"))) + "." + parts[2];

        assertRefused(new RawIdToken(Secret.of(forged)), expected(), "id_token_signature_invalid");
    }

    @Test
    void verify_everyCharacterChanged_isRefused() {
        String text = signed(claims()).token().reveal();
        for (int i = 0; i < text.length(); i += 7) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> verify(new RawIdToken(Secret.of(changed)), expected()))
                    .isInstanceOf(ClientAuthException.class);
        }
    }

    @Test
    void verify_truncatedAnywhere_isRefused() {
        String text = signed(claims()).token().reveal();
        for (int length = 1; length < text.length(); length += 3) {
            RawIdToken truncated = new RawIdToken(Secret.of(text.substring(0, length)));
            assertThatThrownBy(() -> verify(truncated, expected())).isInstanceOf(ClientAuthException.class);
        }
    }

    @Test
    void verify_signedByAStrangerUnderOurKeyId_isRefused() {
        assertRefused(
                TestKeys.signed(JWSAlgorithm.RS256, TestKeys.STRANGER, claims()),
                expected(),
                "id_token_signature_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void verify_algNone_isRefused(String none) {
        String header = encode("{\"alg\":\"" + none + "\"}");
        String body = encode(Json.write(claims()));

        for (String text : List.of(header + "." + body + ".", header + "." + body + ".c2ln", header + "." + body)) {
            assertThatThrownBy(() -> verify(new RawIdToken(Secret.of(text)), expected()))
                    .isInstanceOf(ClientAuthException.class);
        }
    }

    @Test
    void verify_hs256WithThePublicKeyAsSecret_isRefused() throws JOSEException {
        byte[] publicKey = TestKeys.RSA.toRSAPublicKey().getEncoded();
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), new Payload(Json.write(claims())));
        token.sign(new MACSigner(publicKey));

        assertRefused(new RawIdToken(Secret.of(token.serialize())), expected(), "id_token_algorithm_rejected");
    }

    @Test
    void verify_keyTravellingInTheHeader_isNotUsed() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("unknown")
                .jwk(TestKeys.STRANGER.toPublicJWK())
                .jwkURL(URI.create("https://evil.example/keys"))
                .build();

        assertRefused(
                TestKeys.signed(header, TestKeys.STRANGER, Json.write(claims())), expected(), "id_token_key_not_found");
    }

    @Test
    void verify_criticalHeaderNobodyKnows_isRefused() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa-1")
                .criticalParams(Set.of("of-tomorrow"))
                .customParam("of-tomorrow", true)
                .build();

        assertRefused(TestKeys.signed(header, TestKeys.RSA, Json.write(claims())), expected(), "invalid_id_token");
    }

    @Test
    void verify_unknownKeyId_saysThatReadingTheKeysAnewMayHelp() {
        assertRefused(
                TestKeys.signed(JWSAlgorithm.RS256, TestKeys.rsa("rotated"), claims()),
                expected(),
                "id_token_key_not_found");
    }

    @Test
    void verify_noKeyId_triesEveryFittingKey() {
        JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);
        SigningKeys two = TestKeys.keys(TestKeys.rsa("another"), TestKeys.RSA);

        RawIdToken token = TestKeys.signed(header, TestKeys.RSA, Json.write(claims()));

        assertThat(IdTokenVerifier.verify(token, two, expected(), NOW).subject())
                .isEqualTo("ada");
    }

    @Test
    void verify_keyOfAnotherAlgorithm_isNotUsed() {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ec-256").build();

        assertRefused(
                TestKeys.signed(header, TestKeys.RSA, Json.write(claims())), expected(), "id_token_key_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a jwt",
                "a.b.c",
                "..",
                "e30.e30.e30",
                "e30.e30.e30.e30.e30",
                "bnVsbA.e30.c2ln",
                "W10.e30.c2ln",
                "eyJhbGciOm51bGx9.e30.c2ln"
            })
    void verify_noSignedJwt_isRefused(String text) {
        assertThatThrownBy(() -> verify(new RawIdToken(Secret.of(text)), expected()))
                .isInstanceOf(ClientAuthException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "\"x\"", "{", "{\"iss\":\"a\",\"iss\":\"b\"}"})
    void verify_signedPayloadIsNoObject_isRefused(String payload) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1").build();

        assertRefused(TestKeys.signed(header, TestKeys.RSA, payload), expected(), "invalid_id_token");
    }

    // ---- claims

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example, id_token_issuer_mismatch",
        "iss, https://op.example/, id_token_issuer_mismatch",
        "iss, , id_token_issuer_mismatch",
        "aud, other, id_token_audience_mismatch",
        "aud, Client, id_token_audience_mismatch",
        "aud, , id_token_audience_mismatch",
        "azp, other, id_token_audience_mismatch",
        "nonce, another, nonce_mismatch",
        "nonce, , nonce_mismatch",
        "sub, , invalid_id_token",
        "sub, '', invalid_id_token",
        "exp, , invalid_id_token",
        "exp, soon, invalid_id_token",
        "exp, -1, invalid_id_token",
        "iat, , invalid_id_token",
        "nbf, soon, invalid_id_token",
        "at_hash, AAAAAAAAAAAAAAAAAAAAAA, id_token_hash_mismatch",
        "at_hash, '', id_token_hash_mismatch",
    })
    void verify_claimMissingOrWrong_isRefused(String claim, String value, String code) {
        assertRefused(signed(with(claim, value)), expected(), code);
    }

    @Test
    void verify_audienceAsListOfUsAlone_isVerified() {
        assertThat(verify(signed(with("aud", List.of("client"))), expected())).isNotNull();
        assertRefused(signed(with("aud", List.of())), expected(), "id_token_audience_mismatch");
        assertRefused(signed(with("aud", List.of(7, Map.of()))), expected(), "id_token_audience_mismatch");
    }

    @ParameterizedTest
    @CsvSource({
        // seconds from expiry to now: the skew is 300
        "-1, true",
        "0, true",
        "299, true",
        "300, false",
        "301, false",
    })
    void verify_expiry_isRefusedFromTheInstantOn(long after, boolean accepted) {
        assertAccepted(with("exp", NOW.getEpochSecond() - after), accepted, "id_token_expired");
    }

    @ParameterizedTest
    @CsvSource({
        "iat, 0, true",
        "iat, 300, true",
        "iat, 301, false",
        "nbf, 0, true",
        "nbf, 300, true",
        "nbf, 301, false",
    })
    void verify_fromTheFuture_isRefusedBeyondTheSkew(String claim, long ahead, boolean accepted) {
        assertAccepted(with(claim, NOW.getEpochSecond() + ahead), accepted, "id_token_not_yet_valid");
    }

    /** A time before which it is not valid says nothing about when it was made. */
    @ParameterizedTest
    @CsvSource({"300, true", "301, false"})
    void verify_issuedInTheFuture_isRefusedThoughValidBefore(long ahead, boolean accepted) {
        Map<String, Object> claims = with("iat", NOW.getEpochSecond() + ahead);
        claims.put("nbf", NOW.getEpochSecond() - 60);

        assertAccepted(claims, accepted, "id_token_not_yet_valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "nbf", "auth_time"})
    void verify_timeBeforeTime_isNone(String claim) {
        assertAccepted(with(claim, 0L), true, "");
        assertAccepted(with(claim, -1L), false, "invalid_id_token");
    }

    @Test
    void verify_expiryAMillisecondWithinTheSkew_isVerified() {
        Instant expiry = NOW.minusSeconds(300);
        RawIdToken token = signed(with("exp", expiry.getEpochSecond()));

        assertThat(IdTokenVerifier.verify(token, TestKeys.KEYS, expected(), NOW.minusMillis(1)))
                .isNotNull();
        assertThatThrownBy(() -> IdTokenVerifier.verify(token, TestKeys.KEYS, expected(), NOW))
                .hasMessageStartingWith("id_token_expired");
    }

    @ParameterizedTest
    @CsvSource({"60, 60, true", "60, 360, true", "60, 361, false", "0, 300, true", "0, 301, false"})
    void verify_maxAge_countsFromTheSignIn(long maxAge, long age, boolean accepted) {
        RawIdToken token = signed(with("auth_time", NOW.getEpochSecond() - age));
        IdTokenExpectations aged = expected("n-1", null, Duration.ofSeconds(maxAge));

        if (accepted) {
            assertThat(verify(token, aged)).isNotNull();
        } else {
            assertRefused(token, aged, "max_age_transpired");
        }
    }

    @Test
    void verify_maxAgeWithoutSignInTime_isRefused() {
        assertRefused(signed(claims()), expected("n-1", null, Duration.ofSeconds(60)), "auth_time_not_found");
        assertRefused(
                signed(with("auth_time", "yesterday")),
                expected("n-1", null, Duration.ofSeconds(60)),
                "auth_time_not_found");
    }

    @Test
    void verify_refresh_subjectMustStayAndNonceIsNotAsked() {
        IdTokenExpectations refreshed = expected(null, "ada", null);

        assertThat(verify(signed(with("nonce", null)), refreshed)).isNotNull();
        assertThat(verify(signed(claims()), refreshed)).isNotNull();
        assertRefused(signed(with("sub", "eve")), refreshed, "id_token_subject_mismatch");
    }

    @ParameterizedTest
    @CsvSource({
        "t1, https://login.example/t1/v2.0, true",
        "t2, https://login.example/t1/v2.0, false",
        ", https://login.example/t1/v2.0, false",
        "'{tenantid}', https://login.example/t1/v2.0, false",
    })
    void verify_issuerTemplate_needsTheTokensTenant(String tenant, String issuer, boolean accepted) {
        Map<String, Object> claims = with("iss", issuer);
        claims.put("tid", tenant);
        IdTokenExpectations template = IdTokenExpectations.builder(
                        new IssuerRule("https://login.example/{tenantid}/v2.0"), "client", "call-1")
                .nonce("n-1")
                .build();

        if (accepted) {
            assertThat(verify(signed(claims), template).tenantId()).isEqualTo(tenant);
        } else {
            assertRefused(signed(claims), template, "id_token_issuer_mismatch");
        }
    }

    @Test
    void verify_numbersBeyondTime_areRefusedNotThrownThrough() {
        for (String number : List.of("1e400", "1e18", "99999999999999999999", "-1e400", "999999999999999999")) {
            String payload = Json.write(claims()).replaceAll("\"iat\":\\d+", "\"iat\":" + number);
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1").build();

            assertThatThrownBy(() -> verify(TestKeys.signed(header, TestKeys.RSA, payload), expected()))
                    .isInstanceOf(ClientAuthException.class);
        }
    }

    @Test
    void failures_sayWhereAndShowNoToken() {
        RawIdToken token = signed(with("aud", "other"));

        assertThatThrownBy(() -> verify(token, expected())).isInstanceOfSatisfying(ClientAuthException.class, e -> {
            assertThat(e.correlationId()).contains("call-1");
            assertThat(e.endpoint()).contains(URI.create("https://op.example/token"));
            assertThat(e.getMessage()).doesNotContain(token.token().reveal());
        });
    }

    // ---- keys

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"keys\":7}",
                "{\"keys\":[7]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[null]}",
                "<html>"
            })
    void signingKeys_unusableDocument_isRefusedOrEmpty(String document) {
        try {
            assertThat(TestKeys.check(document).fitting(new JWSHeader(JWSAlgorithm.RS256)))
                    .isEmpty();
        } catch (ClientAuthException e) {
            assertThat(e.errorCode()).isEqualTo("openid_config_error");
        }
    }

    @Test
    void signingKeys_hostileDocuments_areRefusedOrRead() {
        String good = new com.nimbusds.jose.jwk.JWKSet(
                        List.of(TestKeys.RSA.toPublicJWK(), TestKeys.EC_256.toPublicJWK()))
                .toString();
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder changed = new StringBuilder(good);
            changed.setCharAt(random.nextInt(good.length()), "{}[]\",:x0-\\".charAt(random.nextInt(11)));
            String document = i % 2 == 0 ? changed.toString() : changed.substring(0, random.nextInt(good.length()));
            try {
                TestKeys.check(document);
            } catch (ClientAuthException expected) {
                assertThat(expected.errorCode()).isEqualTo("openid_config_error");
            }
        }
        assertThatThrownBy(() -> TestKeys.check("{\"keys\":" + "[".repeat(100_000)))
                .isInstanceOf(ClientAuthException.class);
    }

    @Test
    void signingKeys_smallRsaKeyOrKeyForEncryption_isPassedOver() throws JOSEException {
        JWK small = new com.nimbusds.jose.jwk.gen.RSAKeyGenerator(1024, true)
                .keyID("small")
                .generate();
        JWK encryption = new com.nimbusds.jose.jwk.RSAKey.Builder(TestKeys.RSA)
                .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                .build();

        assertThat(TestKeys.keys(small).fitting(new JWSHeader(JWSAlgorithm.RS256)))
                .isEmpty();
        assertThat(TestKeys.keys(encryption).fitting(new JWSHeader(JWSAlgorithm.RS256)))
                .isEmpty();
    }

    private static void assertAccepted(Map<String, Object> claims, boolean accepted, String code) {
        if (accepted) {
            assertThat(verify(signed(claims), expected())).isNotNull();
        } else {
            assertRefused(signed(claims), expected(), code);
        }
    }

    private static void assertRefused(RawIdToken token, IdTokenExpectations expected, String code) {
        assertThatThrownBy(() -> verify(token, expected))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code));
    }

    private static VerifiedIdToken verify(RawIdToken token, IdTokenExpectations expected) {
        return IdTokenVerifier.verify(token, TestKeys.KEYS, expected, NOW);
    }

    private static RawIdToken signed(Map<String, Object> claims) {
        return TestKeys.signed(JWSAlgorithm.RS256, TestKeys.RSA, claims);
    }

    private static IdTokenExpectations expected() {
        return expected("n-1", null, null);
    }

    private static IdTokenExpectations expected(String nonce, String subject, Duration maxAge) {
        return IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "call-1")
                .nonce(nonce)
                .subject(subject)
                .maxAge(maxAge)
                .accessToken(ACCESS_TOKEN)
                .endpoint(URI.create("https://op.example/token"))
                .build();
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return claims;
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://op.example");
        claims.put("aud", "client");
        claims.put("sub", "ada");
        claims.put("nonce", "n-1");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 3600);
        return claims;
    }

    private static JWK keyFor(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> TestKeys.EC_256;
            case "ES384" -> TestKeys.EC_384;
            case "ES512" -> TestKeys.EC_521;
            default -> TestKeys.RSA;
        };
    }

    private static String hash(String digest) throws Exception {
        byte[] hash =
                MessageDigest.getInstance(digest).digest(ACCESS_TOKEN.reveal().getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
