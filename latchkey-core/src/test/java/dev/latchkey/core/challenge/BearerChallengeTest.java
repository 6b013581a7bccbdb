package dev.latchkey.core.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.latchkey.core.AnyText;
import dev.latchkey.core.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading {@code WWW-Authenticate}: what the field sends, what the grammar allows, and what nobody should send. */
@ExtendWith(InstancioExtension.class)
class BearerChallengeTest {
    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1700000000\"}}}";

    @Test
    void continuousAccessEvaluation_asServicesSendIt_givesTheClaims() {
        BearerChallenge challenge = only("Bearer realm=\"\", authorization_uri=\"https://login.example/authorize\","
                + " error=\"insufficient_claims\", claims=\"" + base64(CLAIMS) + "\"");

        assertThat(challenge.error()).contains("insufficient_claims");
        assertThat(challenge.claims()).contains(CLAIMS);
        assertThat(challenge.realm()).contains("");
        assertThat(challenge.parameter("Authorization_URI")).contains("https://login.example/authorize");
    }

    @Test
    void stepUp_asRfc9470SendsIt_givesAgeAndContexts() {
        BearerChallenge challenge = only("Bearer error=\"insufficient_user_authentication\", error_description=\"A"
                + " different authentication level is required\", acr_values=\"myACR  other\", max_age=\"5\"");

        assertThat(challenge.acrValues()).containsExactly("myACR", "other");
        assertThat(challenge.maxAge()).contains(Duration.ofSeconds(5));
        assertThat(challenge.errorDescription()).contains("A different authentication level is required");
        assertThat(challenge.claims())
                .contains("{\"access_token\":{\"acr\":{\"essential\":true,\"values\":[\"myACR\",\"other\"]}}}");
    }

    @Test
    void protectedResource_asRfc9728SendsIt_saysWhereItDescribesItself() {
        assertThat(only("Bearer resource_metadata=\"https://api.example/.well-known/oauth-protected-resource\"")
                        .resourceMetadata())
                .contains("https://api.example/.well-known/oauth-protected-resource");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer realm=\"a\", Bearer error=\"invalid_token\" | invalid_token",
                "Bearer error=\"invalid_token\", Bearer realm=\"a\" | invalid_token",
                "Bearer error=\"invalid_token\", Bearer error=\"insufficient_claims\", claims=\"e30\" | insufficient_claims",
                "Bearer error=\"one\", Bearer error=\"two\" | one",
                "Bearer error=\"one\", Bearer error=\"two\", claims=\"not readable\" | one",
                "DPoP error=\"use_dpop_nonce\", Bearer, Bearer error=\"invalid_token\" | invalid_token",
            })
    void several_inOneHeaderOrMore_theOneThatAsksForMostCounts(String header, String error) {
        assertThat(BearerChallenge.parse(header).flatMap(BearerChallenge::error))
                .contains(error);
        assertThat(BearerChallenge.parse(List.of("Bearer", "Basic realm=\"x\"", header))
                        .flatMap(BearerChallenge::error))
                .contains(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t  "})
    void emptyValues_areNone(String empty) {
        BearerChallenge challenge =
                only("Bearer acr_values=\"" + empty + "\", scope=\"" + empty + "\", max_age=\"" + empty + "\"");

        assertThat(challenge.acrValues()).isEmpty();
        assertThat(challenge.scopes()).isEqualTo(Scopes.NONE);
        assertThat(challenge.maxAge()).isEmpty();
        assertThat(challenge.claims()).isEmpty();
    }

    @Test
    void scopes_malformedOnes_areLeftOut() {
        assertThat(only("Bearer scope=\"read \\\"quoted\\\" \u00e4 back\\\\slash write\"")
                        .scopes())
                .isEqualTo(Scopes.of("read", "write"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Bearer realm=\"a\\\"b\"                  | a\"b",
                "Bearer realm=\"a\\\\b\"                  | a\\b",
                "Bearer realm=\"\\a\\b\"                  | ab",
                "Bearer realm=\"a, Basic realm=b\"        | a, Basic realm=b",
                "Bearer realm=\"a=b\"                     | a=b",
                "Bearer realm=plain                       | plain",
                "Bearer realm = \"spaced\"                | spaced",
                "bEARER REALM=\"case\"                    | case",
                "Bearer realm=\"first\", realm=\"second\" | first",
                ",, Bearer ,, realm=\"commas\" ,,         | commas",
                "Bearer error=x realm=\"no comma\"        | no comma",
                "Bearer realm=\"open                      | open",
                "Bearer realm=                            | ''",
            })
    void parameter_howeverWritten_isRead(String header, String realm) {
        assertThat(only(header).realm()).contains(realm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"x\", Bearer error=\"e\"",
                "Negotiate, Bearer error=\"e\", NTLM",
                "Negotiate YIIabc, Bearer error=\"e\"",
                "Negotiate YIIabc==, Bearer error=\"e\"",
                "Basic Bearer, Bearer error=\"e\"",
                "Digest realm=\"Bearer error=x\", qop=\"auth,auth-int\", Bearer error=\"e\", Basic error=\"other\"",
                "Bearer error=\"e\", Bearer error=\"second\"",
            })
    void severalChallenges_inOneHeader_theBearersOwnParametersCount(String header) {
        assertThat(only(header).error()).contains("e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Basic realm=\"Bearer\"", "Basic Bearer", "Bearers error=\"e\"", "=Bearer", "@"})
    void noBearerChallenge_isEmpty(String header) {
        assertThat(BearerChallenge.parse(header)).isEmpty();
    }

    @Test
    void severalHeaders_theFirstThatHasOne() {
        assertThat(BearerChallenge.parse(List.of("Negotiate", "Basic realm=\"x\"", "Bearer error=\"e\"", "Bearer"))
                        .flatMap(BearerChallenge::error))
                .contains("e");
        assertThat(BearerChallenge.parse(List.of())).isEmpty();
    }

    @Test
    void bearerAlone_isAChallengeThatSaysNothing() {
        BearerChallenge challenge = only("Bearer");

        assertThat(challenge.error()).isEmpty();
        assertThat(challenge.claims()).isEmpty();
        assertThat(challenge.acrValues()).isEmpty();
    }

    @Test
    void token68_ofTheBearerScheme_isPassedOver() {
        assertThat(only("Bearer abc123==").claims()).isEmpty();
        assertThat(only("Bearer abc123, error=\"e\"").error()).contains("e");
    }

    @Test
    void claims_inEitherAlphabetPaddedOrNotOrPlain_areDecoded() {
        String json = "{\"a\":\"\u00fc\u00fe\u00ff?~>\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(List.of(
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getEncoder().withoutPadding().encodeToString(bytes),
                        Base64.getUrlEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .allSatisfy(text -> assertThat(
                                only("Bearer claims=\"" + text + "\"").claims())
                        .contains(json));
        assertThat(only("Bearer claims=\"" + CLAIMS.replace("\"", "\\\"") + "\"")
                        .claims())
                .contains(CLAIMS);
        assertThat(only("Bearer claims=" + base64("{}")).claims()).contains("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "bm8ganNvbg==", "W10=", "e30=e30=x", "e", "{", "{}x", "====="})
    void claims_unreadable_areNone(String claims) {
        assertThat(only("Bearer claims=\"" + claims + "\"").claims()).isNotPresent();
    }

    @Test
    @Timeout(10)
    void hugeHeaders_areReadInLinearTime() {
        String many = "=".repeat(1_000_000);
        assertThat(only("Bearer claims=\"" + many + "x\"").claims()).isEmpty();
        assertThat(only("Bearer claims=\"" + "A".repeat(1_000_000) + "\"").claims())
                .isEmpty();
        assertThat(only("Bearer claims=\"" + base64("{\"a\":".repeat(3_000)) + "\"")
                        .claims())
                .isEmpty();
        assertThat(BearerChallenge.parse("a ".repeat(500_000) + ", Bearer error=e")
                        .flatMap(BearerChallenge::error))
                .contains("e");
        assertThat(BearerChallenge.parse("Bearer" + " ".repeat(1_000_000))).isPresent();
        assertThat(BearerChallenge.parse("a,".repeat(500_000))).isEmpty();
    }

    @Test
    void toString_namesOnly() {
        assertThat(only("Bearer realm=\"inner\", claims=\"" + base64(CLAIMS) + "\""))
                .hasToString("BearerChallenge[realm, claims]");
        assertThat(ChallengeReader.read("Bearer realm=\"inner\"")).hasToString("[Bearer [realm]]");
    }

    @Test
    void anyText_neverThrows() {
        for (int i = 0; i < 2000; i++) {
            String header = header();
            BearerChallenge.parse(header).ifPresent(BearerChallengeTest::readAll);
            BearerChallenge.parse("Bearer " + header).ifPresent(BearerChallengeTest::readAll);
        }
    }

    @Test
    void anyValue_inAnyParameter_neverThrows() {
        for (int i = 0; i < 500; i++) {
            String quoted = quoted(AnyText.of(0, 50));
            readAll(only("Bearer claims=" + quoted + ", scope=" + quoted + ", acr_values=" + quoted + ", max_age="
                    + quoted));
        }
    }

    @Test
    void anyValueQuoted_isReadBack_andHidesNothingBehindIt() {
        for (int i = 0; i < 500; i++) {
            String value = AnyText.of(0, 50);

            BearerChallenge challenge = only("Basic realm=\"x\", Bearer realm=" + quoted(value) + ", error=\"e\"");

            assertThat(challenge.realm()).contains(value);
            assertThat(challenge.error()).contains("e");
        }
    }

    /** Mostly made of what the grammar is made of. */
    private static String header() {
        List<String> pieces = List.of(
                "Bearer",
                "Basic",
                "claims",
                "scope",
                "acr_values",
                "max_age",
                "=",
                "\"",
                "\\",
                ",",
                " ",
                "\t",
                "{",
                "e30",
                "realm=\"x\"",
                "error=",
                "\u0000",
                "\u00e4",
                "\ud800",
                "99999999999");
        StringBuilder header = new StringBuilder();
        for (int i = gen().ints().range(0, 30).get(); i > 0; i--) {
            header.append(gen().booleans().get() ? gen().oneOf(pieces).get() : AnyText.of(0, 5));
        }
        return header.toString();
    }

    private static void readAll(BearerChallenge challenge) {
        List<Optional<?>> all = Arrays.asList(
                challenge.error(),
                challenge.errorDescription(),
                challenge.realm(),
                challenge.resourceMetadata(),
                challenge.maxAge(),
                challenge.claims());
        assertThat(all).doesNotContainNull();
        assertThat(challenge.acrValues()).doesNotContain("");
        assertThat(challenge.scopes().values()).doesNotContain("");
        assertThat(challenge.toString()).startsWith("BearerChallenge");
    }

    private static BearerChallenge only(String header) {
        return BearerChallenge.parse(header).orElseThrow();
    }

    private static String quoted(String value) {
        return value.chars()
                .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
