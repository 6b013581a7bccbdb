package dev.latchkey.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.cache.PartitionCodec;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.challenge.BearerChallenge;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.SigningKeys;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.core.token.UserInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mebibyte of the worst input for each parser: it is read or rejected as documented, in time linear in its length.
 */
class LargeInputTest {
    private static final int LENGTH = 1 << 20;
    private static final URI ENDPOINT = URI.create("https://op.example/x");
    private static final PartitionKey KEY = PartitionKey.user("e", "h.t");

    private interface Reader {
        Object read(String text) throws JsonException;
    }

    private enum Readers {
        TOKENS(text -> tokens(answer(200, text))),
        ERROR(text -> tokens(answer(400, text))),
        RETRY_AFTER(text -> tokens(new HttpAnswer(503, Map.of("Retry-After", java.util.List.of(text)), "{}"))),
        DEVICE_CODE(text -> DeviceCodeResponse.check(answer(200, text), ENDPOINT, "c", Instant.EPOCH)),
        USER_INFO(text -> UserInfo.check(answer(200, text), ENDPOINT, "s", "c", Instant.EPOCH)),
        METADATA(text -> ProviderMetadata.parse(text, Authority.of("https://op.example"), Set.of())),
        METADATA_OF_A_CLOUD(text ->
                ProviderMetadata.parse(text, Authority.of("https://op.example/t", AuthorityKind.ENTRA), Set.of())),
        KEYS(text -> SigningKeys.check(answer(200, text), ENDPOINT, "c")),
        CLOUDS(text -> Clouds.parse(text).find("login.example")),
        CLIENT_INFO(ClientInfo::decode),
        CACHE(UnifiedCache::read),
        PARTITION(text -> PartitionCodec.decode(KEY, text)),
        CLAIMS(ClaimsRequest::essentialAcrs),
        CHALLENGE(text ->
                BearerChallenge.parse(text).map(it -> it.claims() + "" + it.scopes() + it.acrValues() + it.maxAge())),
        SCOPES(text -> Scopes.parse(text).byResource()),
        PARAMETERS(text -> Parameters.decode(text).encode()),
        AUTHORITY(Authority::of),
        PARTITION_KEY(PartitionKey::parse);

        private final Reader reader;

        Readers(Reader reader) {
            this.reader = reader;
        }
    }

    private enum Texts {
        BLANKS(part(" ")),
        SLASHES(part("/")),
        SIGMAS(part("\u03a3")),
        BRACKETS(part("[")),
        BRACES(part("{\"a\":")),
        EMPTY_OBJECTS(list("keys", i -> "{}")),
        MANY_NAMES(object(i -> "\"" + i + "\":1")),
        MANY_EQUAL_HASHES(object(i -> "\"" + equalHash(i) + "\":1")),
        DIGITS("{\"expires_in\":" + "9".repeat(LENGTH - 20) + "}"),
        EXPONENTS(object(i -> "\"" + i + "\":9e999999999")),
        MODES(metadata("\"response_modes_supported\":[" + times(30_000, i -> quoted(equalHash(i))) + "]")),
        MARKS(metadata(
                "\"end_session_endpoint\":\"https://a/" + "\u0315".repeat(250_000) + "\u0316".repeat(250_000) + "\"")),
        LONG_ISSUER("{\"issuer\":\"https://op.example/" + "{tenantid}".repeat(100_000) + "\"}"),
        RSA_KEYS(list("keys", i -> "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(1_366) + "\"}")),
        EXPONENT_KEYS(list(
                "keys", i -> "{\"kty\":\"RSA\",\"e\":\"" + "_".repeat(500) + "\",\"n\":\"" + "_".repeat(512) + "\"}")),
        EC_KEYS(list("keys", i -> "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"" + "_".repeat(88) + "\",\"y\":\"AQ\"}")),
        CERTIFICATES(list(
                "keys", i -> "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(342) + "\",\"x5c\":[\"MIIB\"]}")),
        MANY_CLOUDS(list("metadata", i -> cloud("[\"a" + i + "\"]"))),
        MANY_ALIASES("{\"metadata\":[" + cloud("[" + times(80_000, i -> quoted("a" + i)) + "]") + "]}"),
        ACRS("{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[" + times(30_000, i -> quoted(equalHash(i)))
                + "]}}}"),
        TENANTS(cache("Account", 4_000, i -> "\"home_account_id\":\"h.t\",\"realm\":\"t" + i + "\"")),
        PROFILES("{\"Account\":{\"a\":{\"home_account_id\":\"h.t\",\"environment\":\"e\",\"tenantProfiles\":["
                + times(20_000, i -> "\"{\\\"tenantId\\\":\\\"t" + i + "\\\"}\"") + "]}}}"),
        ACCESS_TOKENS(cache(
                "AccessToken", 6_000, i -> token(i) + ",\"expires_on\":9,\"cached_at\":1,\"target\":\"s" + i + "\"")),
        ID_TOKENS(cache("IdToken", 8_000, i -> token(i) + ",\"realm\":\"t" + i + "\"")),
        REFRESH_TOKENS(cache("RefreshToken", 8_000, LargeInputTest::token)),
        CLIENTS("{\"RefreshToken\":{"
                + times(
                        5_000,
                        i -> quoted("r" + i) + ":{\"home_account_id\":\"h" + i
                                + "\",\"environment\":\"e\",\"client_id\":\"c\",\"secret\":\"s\",\"family_id\":\"1\"}")
                + "},\"AppMetadata\":{"
                + times(8_000, i -> quoted("m" + i) + ":{\"client_id\":\"c" + i + "\",\"environment\":\"e\"}")
                + "}}"),
        ACTIVE("{\"Latchkey\":{\"active_accounts\":{"
                + times(10_000, i -> quoted("c" + i) + ":{\"account\":\"user|e|h.t\"}") + "}}}"),
        CHALLENGES(part("Bearer a=b, ")),
        CHALLENGE_WORDS(part("a ")),
        SCOPES(times(LENGTH / 8, i -> "s" + i).replace(',', ' ')),
        RESOURCES(times(LENGTH / 20, i -> "a://" + i + "/x").replace(',', ' ')),
        PAIRS(times(LENGTH / 10, i -> "a" + i + "=1").replace(',', '&')),
        ESCAPES(part("%41+"));

        private final String text;

        Texts(String text) {
            this.text = text;
        }
    }

    static Stream<Arguments> readersAndTexts() {
        return Stream.of(Readers.values())
                .flatMap(reader -> Stream.of(Texts.values()).map(text -> Arguments.of(reader, text)));
    }

    @ParameterizedTest
    @MethodSource("readersAndTexts")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void read_aMebibyteOfTheWorst_takesLinearTime(Readers reader, Texts text) {
        AtomicReference<Throwable> refusal = new AtomicReference<>();

        CpuTime.isBounded(
                () -> reader + " of " + text, () -> refusal.set(catchThrowable(() -> reader.reader.read(text.text))));

        if (refusal.get() != null) {
            assertThat(refusal.get())
                    .isInstanceOfAny(AuthException.class, IllegalArgumentException.class, JsonException.class);
        }
    }

    private static TokenResponse tokens(HttpAnswer answer) {
        TokenRequest request = new TokenRequest(
                ENDPOINT, new DeviceCodeGrant(Secret.of("dc")), Scopes.of("openid"), null, null, false, "c", Map.of());
        return TokenResponse.check(answer, request, Duration.ofHours(1), Instant.EPOCH);
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, Map.of(), body);
    }

    private static String part(String part) {
        return part.repeat(LENGTH / part.length());
    }

    private static String times(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private static String list(String member, IntFunction<String> item) {
        int count = (LENGTH - 100) / (item.apply(99_999).length() + 1);
        return "{\"" + member + "\":[" + times(count, item) + "]}";
    }

    private static String object(IntFunction<String> member) {
        return "{" + times((LENGTH - 100) / (member.apply(99_999).length() + 1), member) + "}";
    }

    private static String metadata(String member) {
        return "{\"issuer\":\"https://op.example\",\"authorization_endpoint\":\"https://op.example/a\","
                + "\"token_endpoint\":\"https://op.example/t\",\"jwks_uri\":\"https://op.example/k\"," + member + "}";
    }

    private static String cloud(String aliases) {
        return "{\"preferred_network\":\"a\",\"preferred_cache\":\"a\",\"aliases\":" + aliases + "}";
    }

    private static String cache(String section, int count, IntFunction<String> members) {
        return "{\"LatchkeyPartition\":{\"format\":1,\"key\":\"user|e|h.t\"},\"" + section + "\":{"
                + times(count, i -> quoted("n" + i) + ":{\"environment\":\"e\"," + members.apply(i) + "}") + "}}";
    }

    private static String token(int i) {
        return "\"home_account_id\":\"h.t\",\"client_id\":\"c" + i + "\",\"secret\":\"s\"";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** A different text for each number, all with the same hash. */
    private static String equalHash(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 17; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
