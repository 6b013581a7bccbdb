package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with a good signature that are still no ID token for us: another kind, other types, half characters. */
class StrictTokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";

    // ---- header

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // RFC 7515 section 4.1.11: whatever is critical, it is nothing we know
                "crit | [] | no",
                "crit | [\"of-tomorrow\"] | no",
                "crit | [\"exp\"] | no",
                "crit | [\"b64\"] | no",
                "crit | [\"alg\"] | no",
                "crit | null | no",
                "crit | {} | no",
                "crit | \"b64\" | no",
                "crit | false | no",
                "crit | [7] | no",
                // RFC 7797 section 7
                "b64 | false | no",
                "b64 | \"false\" | no",
                "b64 | null | no",
                "b64 | true | yes",
                // RFC 8725 section 3.11
                "typ | \"JWT\" | yes",
                "typ | \"jwt\" | yes",
                "typ | \"application/jwt\" | yes",
                "typ | \"Application/JWT\" | yes",
                "typ | \"logout+jwt\" | no",
                "typ | \"at+jwt\" | no",
                "typ | \"application/at+jwt\" | no",
                "typ | \"dpop+jwt\" | no",
                "typ | \"secevent+jwt\" | no",
                "typ | \"LOGOUT+JWT\" | no",
                "typ | \"JOSE\" | no",
                "typ | \"JWT \" | no",
                "typ | \"\" | no",
                "typ | null | no",
                "typ | 7 | no",
                "typ | [\"JWT\"] | no",
                // a name twice: two readers would see two headers
                "alg | \"RS256\" | no",
                "of-tomorrow | {\"a\":[1]} | yes",
            })
    void verify_headerMember_decidesWhetherItIsAnIdToken(String name, String value, String verified) {
        String header = HEADER.replace("}", ",\"" + name + "\":" + value + "}");

        assertVerified(header, payload(Map.of()), verified, "invalid_id_token");
    }

    // ---- claims of another type

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // RFC 7519 section 2, NumericDate: a JSON number, which may have a fraction
                "exp | \"1767229200\" | invalid_id_token",
                "exp | true | invalid_id_token",
                "exp | null | invalid_id_token",
                "exp | [1767229200] | invalid_id_token",
                "exp | {\"a\":1767229200} | invalid_id_token",
                "exp | 1767229200.5 | ",
                "exp | 1.7672292e9 | ",
                "exp | 17672292E2 | ",
                "exp | 1767229200.000000000000000001 | ",
                "iat | \"1767225600\" | invalid_id_token",
                "iat | false | invalid_id_token",
                "iat | 1767225600.25 | ",
                "nbf | \"1767225600\" | invalid_id_token",
                "nbf | null | invalid_id_token",
                "nbf | 1767225600.75 | ",
                "auth_time | \"1767225600\" | invalid_id_token",
                "auth_time | true | invalid_id_token",
                "auth_time | [] | invalid_id_token",
                "auth_time | 1767225600 | ",
                "auth_time | 1767225600.9 | ",
                // section 4.1.3
                "aud | 7 | id_token_audience_mismatch",
                "aud | null | id_token_audience_mismatch",
                "aud | {\"client\":1} | id_token_audience_mismatch",
                "aud | [] | id_token_audience_mismatch",
                "aud | \"\" | id_token_audience_mismatch",
                "aud | [\"client\",7] | id_token_audience_mismatch",
                "aud | [\"client\",null] | id_token_audience_mismatch",
                "aud | [\"client\",[\"client\"]] | id_token_audience_mismatch",
                "aud | [[\"client\"]] | id_token_audience_mismatch",
                "aud | [\"client\",\"client\"] | ",
                // OpenID Connect Core 2
                "azp | 7 | id_token_audience_mismatch",
                "azp | null | id_token_audience_mismatch",
                "azp | [\"client\"] | id_token_audience_mismatch",
                "azp | \"\" | id_token_audience_mismatch",
                "azp | \"client\" | ",
                "iss | [\"https://op.example\"] | id_token_issuer_mismatch",
                "iss | 7 | id_token_issuer_mismatch",
                "sub | 7 | invalid_id_token",
                "sub | [\"ada\"] | invalid_id_token",
                "sub | true | invalid_id_token",
                "at_hash | 7 | id_token_hash_mismatch",
                "at_hash | [] | id_token_hash_mismatch",
            })
    void verify_claimOfAType_isVerifiedOrRefused(String name, String value, String code) {
        assertVerified(HEADER, payload(Map.of(name, value)), code == null ? "yes" : "no", code);
    }

    @Test
    void verify_maxAgeAndSignInTimeAsText_isRefused() {
        RawIdToken token = TestKeys.signed(HEADER, payload(Map.of("auth_time", "\"1767225600\"")));
        IdTokenExpectations aged = expected().maxAge(Duration.ofMinutes(5)).build();

        assertThatThrownBy(() -> IdTokenVerifier.verify(token, TestKeys.KEYS, aged, NOW))
                .hasMessageStartingWith("auth_time_not_found");
    }

    // ---- who else it is for, and how the person signed in

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // aud, by spaces | azp | trusted, by spaces | verified
                "client other | client | other | yes",
                "other client | client | other third | yes",
                "client other third | client | other third | yes",
                "client | client | | yes",
                "client | | other | yes",
                "client client | | | yes",
                "client other | client | | no",
                "client other | client | third | no",
                "client other third | client | other | no",
                "client other | client | Other | no",
                "client other | other | other | no",
                "client other | | other | no",
                "other | other | other | no",
                "other | client | other | no",
                "other third | client | other third | no",
            })
    void verify_severalAudiences_mustBeTrustedAndNameUsAsAuthorizedParty(
            String audiences, String party, String trusted, String verified) {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("aud", "[\"" + audiences.replace(" ", "\",\"") + "\"]");
        if (party != null) {
            changes.put("azp", "\"" + party + "\"");
        }
        IdTokenExpectations.Builder expected =
                expected().trustedAudiences(trusted == null ? Set.of() : Set.of(trusted.split(" ")));

        assertVerified(TestKeys.signed(HEADER, payload(changes)), expected, verified, "id_token_audience_mismatch");
    }

    @Test
    void verify_audienceNobodyDeclared_saysHowToDeclareIt() {
        RawIdToken token =
                TestKeys.signed(HEADER, payload(Map.of("aud", "[\"client\",\"other\"]", "azp", "\"client\"")));

        assertThatThrownBy(() -> verify(token))
                .hasMessageContaining("[other]")
                .hasMessageContaining("trustedAudiences");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // what the claims ask of acr | acr of the token | verified
                "{\"essential\":true,\"value\":\"gold\"} | \"gold\" | yes",
                "{\"essential\":true,\"values\":[\"gold\",\"silver\"]} | \"silver\" | yes",
                "{\"essential\":true} | \"silver\" | yes",
                "{\"essential\":false,\"value\":\"gold\"} | \"silver\" | yes",
                "{\"value\":\"gold\"} | \"silver\" | yes",
                "null | \"silver\" | yes",
                "{\"essential\":true,\"value\":\"gold\"} | \"silver\" | no",
                "{\"essential\":true,\"value\":\"gold\"} | \"Gold\" | no",
                "{\"essential\":true,\"value\":\"gold\"} | [\"gold\"] | no",
                "{\"essential\":true,\"value\":\"gold\"} | null | no",
                "{\"essential\":true,\"values\":[\"gold\",\"silver\"]} | \"gold silver\" | no",
            })
    void verify_essentialAcr_isOneOfThoseAskedFor(String asked, String acr, String verified) {
        Set<String> essential = ClaimsRequest.essentialAcrs("{\"id_token\":{\"acr\":" + asked + "}}");
        RawIdToken token = TestKeys.signed(HEADER, payload(Map.of("acr", acr)));

        assertVerified(token, expected().essentialAcrs(essential), verified, "acr_mismatch");
    }

    @Test
    void verify_essentialAcrMissing_isRefusedAndSaysWhatToDo() {
        RawIdToken token = TestKeys.signed(HEADER, payload(Map.of()));
        IdTokenExpectations expected =
                expected().essentialAcrs(Set.of("gold", "silver")).build();

        assertThatThrownBy(() -> IdTokenVerifier.verify(token, TestKeys.KEYS, expected, NOW))
                .hasMessageStartingWith("acr_mismatch")
                .hasMessageContaining("[gold, silver]")
                .hasMessageContaining("ask the person with the same claims");
    }

    // ---- half characters

    @ParameterizedTest
    @ValueSource(strings = {"sub", "iss", "oid", "tid", "aud", "nonce", "sid", "tfp", "acr"})
    void verify_identifierWithHalfACharacter_isRefused(String name) {
        for (String half : new String[] {"\\ud800", "\\udc00", "a\\ud83d", "\\ud83da", "\\udd11\\ud83d"}) {
            assertVerified(HEADER, payload(Map.of(name, "\"" + half + "\"")), "no", "invalid_id_token");
        }
    }

    @Test
    void verify_oneOfSeveralAudiencesWithHalfACharacter_isRefused() {
        assertVerified(HEADER, payload(Map.of("aud", "[\"client\",\"\\ud800\"]")), "no", "invalid_id_token");
    }

    @Test
    void verify_wholeCharactersOfTwoUnits_areVerified() {
        assertVerified(HEADER, payload(Map.of("sub", "\"\\ud83d\\udd11\"")), "yes", null);
        assertVerified(HEADER, payload(Map.of("sid", "\"\ud83d\udd11\"")), "yes", null);
    }

    /** Read as replacement characters, subjects of different bytes would be one. */
    @Test
    void verify_claimsThatAreNotUtf8_areRefused() {
        for (String hex : new String[] {"ff", "c0af", "eda080", "e282"}) {
            String bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
            String payload = payload(Map.of("sub", "\"a" + bytes + "\""));
            assertRefused(TestKeys.signed(HEADER, payload.getBytes(StandardCharsets.ISO_8859_1)), "invalid_id_token");
        }
    }

    private static void assertVerified(String header, String payload, String verified, String code) {
        assertVerified(TestKeys.signed(header, payload), expected(), verified, code);
    }

    private static void assertVerified(
            RawIdToken token, IdTokenExpectations.Builder expected, String verified, String code) {
        IdTokenExpectations all = expected.build();
        if (verified.equals("yes")) {
            VerifiedIdToken believed = IdTokenVerifier.verify(token, TestKeys.KEYS, all, NOW);
            assertThat(believed.claims().names()).contains("sub");
        } else {
            assertThatThrownBy(() -> IdTokenVerifier.verify(token, TestKeys.KEYS, all, NOW))
                    .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(code));
        }
    }

    private static void assertRefused(RawIdToken token, String code) {
        assertVerified(token, expected(), "no", code);
    }

    private static VerifiedIdToken verify(RawIdToken token) {
        return IdTokenVerifier.verify(token, TestKeys.KEYS, expected().build(), NOW);
    }

    private static IdTokenExpectations.Builder expected() {
        return IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "call-1")
                .nonce("n-1")
                .accessToken(Secret.of("an-access-token"));
    }

    /** Members as JSON text, so that a table can hold what no map can. */
    private static String payload(Map<String, String> changes) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", "\"https://op.example\"");
        claims.put("aud", "\"client\"");
        claims.put("sub", "\"ada\"");
        claims.put("nonce", "\"n-1\"");
        claims.put("iat", "1767225600");
        claims.put("exp", "1767229200");
        claims.putAll(changes);
        StringBuilder json = new StringBuilder();
        claims.forEach((name, value) -> json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }
}
