package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys of a document count, and for whom. */
class SigningKeysTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
    private static final JWSHeader RS256 = new JWSHeader(JWSAlgorithm.RS256);
    private static final String TEMPLATE = "https://login.example/{tenantid}/v2.0";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // RFC 7517 section 4.2
                "\"use\":\"sig\" | yes",
                "\"use\":\"SIG\" | yes",
                "\"use\":\"of-tomorrow\" | yes",
                "\"use\":\"enc\" | no",
                "\"use\":\"ENC\" | no",
                "\"use\":\"Enc\" | no",
                // section 4.3
                "\"key_ops\":[\"verify\"] | yes",
                "\"key_ops\":[\"sign\",\"verify\"] | yes",
                "\"key_ops\":[\"encrypt\",\"verify\"] | yes",
                "\"key_ops\":[] | yes",
                "\"key_ops\":[\"connect\"] | yes",
                "\"key_ops\":[\"connect\",\"verify\"] | yes",
                "\"key_ops\":\"encrypt\" | yes",
                "\"key_ops\":7 | yes",
                "\"key_ops\":{} | yes",
                "\"key_ops\":null | yes",
                "\"key_ops\":[7,null] | yes",
                "\"key_ops\":[\"encrypt\"] | no",
                "\"key_ops\":[\"ENCRYPT\"] | no",
                "\"key_ops\":[\"encrypt\",\"connect\"] | no",
                "\"key_ops\":[\"connect\",\"wrapKey\",7] | no",
                "\"key_ops\":[\"sign\"] | no",
                "\"key_ops\":[\"decrypt\"] | no",
                "\"key_ops\":[\"wrapKey\"] | no",
                "\"key_ops\":[\"unwrapKey\"] | no",
                "\"key_ops\":[\"deriveKey\"] | no",
                "\"key_ops\":[\"deriveBits\"] | no",
                "\"use\":\"sig\",\"key_ops\":[\"connect\"] | yes",
                "\"use\":\"sig\",\"key_ops\":[\"encrypt\"] | no",
                "\"use\":\"enc\",\"key_ops\":[\"verify\"] | no",
            })
    void key_useOrOperations_decideWhetherItVerifies(String members, String verifies) {
        SigningKeys keys = TestKeys.check("{\"keys\":[" + key(members) + "]}");

        assertThat(keys.fitting(RS256)).hasSize(verifies.equals("yes") ? 1 : 0);
        if (verifies.equals("yes")) {
            assertThat(verify(keys, "https://op.example", null).subject()).isEqualTo("ada");
        } else {
            assertThatThrownBy(() -> verify(keys, "https://op.example", null))
                    .hasMessageStartingWith("id_token_key_not_found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // issuer of the key | iss | tid | verified
                "\"https://login.example/{tenantid}/v2.0\" | https://login.example/t1/v2.0 | t1 | yes",
                "\"https://login.example/t1/v2.0\" | https://login.example/t1/v2.0 | t1 | yes",
                "\"https://login.example/t9/v2.0\" | https://login.example/t1/v2.0 | t1 | no",
                "\"https://login.example/t1/v2.0/\" | https://login.example/t1/v2.0 | t1 | no",
                "\"https://other.example/{tenantid}/v2.0\" | https://login.example/t1/v2.0 | t1 | no",
                "\"HTTPS://login.example/t9/v2.0\" | https://login.example/t1/v2.0 | t1 | no",
                "\"http://login.example/t9/v2.0\" | https://login.example/t1/v2.0 | t1 | no",
                // what is no address says nothing
                "\"urn:anybody\" | https://login.example/t1/v2.0 | t1 | yes",
                "\"login.example\" | https://login.example/t1/v2.0 | t1 | yes",
                "\"\" | https://login.example/t1/v2.0 | t1 | yes",
                "7 | https://login.example/t1/v2.0 | t1 | yes",
                "null | https://login.example/t1/v2.0 | t1 | yes",
                "[\"https://login.example/t9/v2.0\"] | https://login.example/t1/v2.0 | t1 | yes",
            })
    void key_ofAnIssuer_verifiesThatIssuersTokensOnly(String issuer, String iss, String tid, String verified) {
        SigningKeys keys = TestKeys.check("{\"keys\":[" + key("\"issuer\":" + issuer) + "]}");

        if (verified.equals("yes")) {
            assertThat(verify(keys, iss, tid).issuer()).isEqualTo(iss);
        } else {
            assertThatThrownBy(() -> verify(keys, iss, tid))
                    .hasMessageStartingWith("id_token_signature_invalid")
                    .hasMessageContaining("another issuer");
        }
    }

    /** RFC 7517 section 4.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"alg\":\"RS256\" | yes",
                "\"x\":1 | yes",
                "\"alg\":\"RS384\" | no",
                "\"alg\":\"PS256\" | no",
                "\"alg\":\"RSA-OAEP\" | no",
                "\"alg\":\"EdDSA\" | no",
                // what is no name of an algorithm contradicts none
                "\"alg\":7 | yes",
                "\"alg\":null | yes",
                "\"alg\":\"\" | yes",
                "\"alg\":[\"RS384\"] | yes",
            })
    void key_forAnAlgorithm_verifiesThatOneOnly(String members, String verifies) {
        SigningKeys keys = TestKeys.check("{\"keys\":[" + key(members) + "]}");

        assertThat(keys.fitting(RS256)).hasSize(verifies.equals("yes") ? 1 : 0);
    }

    /** RFC 7517 section 4: what a key needs is what it is made of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kid\":7",
                "\"x5c\":7",
                "\"x5c\":[\"no certificate\"]",
                "\"x5t\":{}",
                "\"x5u\":\"no address\"",
                "\"use\":[\"sig\"]",
                "\"use\":7",
                "\"key_ops\":[\"connect\"]",
                "\"crv\":7,\"x\":{},\"y\":\"no number\"",
                "\"exp\":\"tomorrow\",\"iat\":true,\"nbf\":[]",
                "\"oth\":[{}],\"d\":7,\"p\":null",
                "\"ext\":\"yes\",\"of-tomorrow\":{\"a\":[1]}",
            })
    void key_withOddOptionalMembers_verifies(String members) {
        SigningKeys keys = TestKeys.check("{\"keys\":[" + key(members) + "]}");

        assertThat(verify(keys, "https://op.example", null).subject()).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 400, 404, 429, 500})
    void document_thatIsNoSuccess_isNotBelieved(int status) {
        String document = "{\"keys\":[" + key("\"x\":1") + "]}";

        assertThatThrownBy(() -> SigningKeys.check(
                        new HttpAnswer(status, Map.of(), document), URI.create("https://op.example/keys"), "call-1"))
                .isInstanceOfSatisfying(ServerException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo("openid_config_error");
                    assertThat(e.status()).contains(status);
                });
    }

    /** authentik, where the client secret is the key. */
    @Test
    void document_thatIsEmpty_hasNoKeys() {
        assertThat(TestKeys.check("{}").size()).isZero();
        for (String document :
                new String[] {"{\"keys\":{}}", "{\"kid\":\"k\"}", "{\"error\":\"not_found\"}", "[]", ""}) {
            assertThatThrownBy(() -> TestKeys.check(document)).hasMessageStartingWith("openid_config_error");
        }
    }

    /** Some publish one key under several entries: that the first is another's does not exclude the second. */
    @Test
    void key_twiceForTwoIssuers_verifiesTokensOfBoth() {
        SigningKeys keys = TestKeys.check("{\"keys\":[" + key("\"issuer\":\"https://login.example/t9/v2.0\"") + ","
                + key("\"issuer\":\"https://login.example/t1/v2.0\"") + "]}");

        assertThat(verify(keys, "https://login.example/t1/v2.0", "t1").tenantId())
                .isEqualTo("t1");
        assertThat(verify(keys, "https://login.example/t9/v2.0", "t9").tenantId())
                .isEqualTo("t9");
        assertThatThrownBy(() -> verify(keys, "https://login.example/t2/v2.0", "t2"))
                .hasMessageStartingWith("id_token_signature_invalid");
    }

    @ParameterizedTest
    @CsvSource({"2040, 0", "2048, 1", "4096, 1", "8192, 1", "8193, 0", "16384, 0", "65536, 0"})
    void rsaKey_ofASize_isUsedOrPassedOver(int bits, int used) {
        BigInteger modulus =
                new BigInteger(bits, new Random(7)).setBit(bits - 1).setBit(0);
        String key = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + Base64URL.encode(modulus) + "\"}";

        assertThat(TestKeys.check("{\"keys\":[" + key + "]}").fitting(RS256)).hasSize(used);
    }

    /** What a key costs to verify with grows with its exponent; nobody uses more than 17 bits. */
    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "2, 0",
        "3, 1",
        "17, 1",
        "65536, 0",
        "65537, 1",
        "18446744073709551615, 1",
        "18446744073709551617, 0"
    })
    void rsaKey_ofAnExponent_isUsedOrPassedOver(BigInteger exponent, int used) {
        String key = "{\"kty\":\"RSA\",\"n\":\"" + TestKeys.RSA.getModulus() + "\",\"e\":\""
                + Base64URL.encode(exponent) + "\"}";

        assertThat(TestKeys.check("{\"keys\":[" + key + "]}").size()).isEqualTo(used);
    }

    @Test
    void rsaKey_ofAnEvenModulus_isPassedOver() {
        BigInteger modulus = new BigInteger(2048, new Random(7)).setBit(2047).clearBit(0);
        String key = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + Base64URL.encode(modulus) + "\"}";

        assertThat(TestKeys.check("{\"keys\":[" + key + "]}").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"kid, 1000, 1", "kid, 1001, 0", "issuer, 2048, 1", "issuer, 2049, 0", "alg, 21, 0", "x5c, 5000, 1"})
    void key_withALongMember_isPassedOver(String member, int length, int used) {
        String text = "https://a/" + "a".repeat(length - 10);

        assertThat(TestKeys.check("{\"keys\":[" + key("\"" + member + "\":\"" + text + "\"") + "]}")
                        .size())
                .isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 600})
    @Timeout(60)
    void document_ofManyKeys_isReadUpToTheBound(int count) {
        String key = key("\"x\":1");
        SigningKeys keys = TestKeys.check("{\"keys\":[" + (key + ",").repeat(count - 1) + key + "]}");

        assertThat(keys.size()).isEqualTo(Math.min(count, 100));
    }

    /** Without a key id each that fits is tried: there is a bound to what that can cost. */
    @Test
    void token_withoutKeyId_isTriedWithTheFirstTenThatFit() {
        String stranger = TestKeys.STRANGER.toPublicJWK().toJSONString();
        String elliptic = TestKeys.EC_256.toPublicJWK().toJSONString();
        String ten = (elliptic + ",").repeat(20) + (stranger + ",").repeat(9);

        assertThat(verify(TestKeys.check("{\"keys\":[" + ten + key("\"x\":1") + "]}"), "https://op.example", null)
                        .subject())
                .isEqualTo("ada");
        SigningKeys eleventh = TestKeys.check("{\"keys\":[" + ten + stranger + "," + key("\"x\":1") + "]}");
        assertThatThrownBy(() -> verify(eleventh, "https://op.example", null))
                .hasMessageStartingWith("id_token_signature_invalid");
    }

    private static VerifiedIdToken verify(SigningKeys keys, String iss, String tid) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", iss);
        claims.put("aud", "client");
        claims.put("sub", "ada");
        claims.put("tid", tid == null ? "t1" : tid);
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 3600);
        String rule = tid == null ? "https://op.example" : TEMPLATE;
        IdTokenExpectations expected = IdTokenExpectations.builder(new IssuerRule(rule), "client", "call-1")
                .build();
        return IdTokenVerifier.verify(TestKeys.signed(RS256, TestKeys.RSA, Json.write(claims)), keys, expected, NOW);
    }

    /** The test's key with more members, some of which no library would write. */
    private static String key(String members) {
        return "{\"kty\":\"RSA\",\"n\":\"" + TestKeys.RSA.getModulus() + "\",\"e\":\""
                + TestKeys.RSA.getPublicExponent() + "\"," + members + "}";
    }
}
