package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.authorize.AuthorizationExpectations;
import dev.latchkey.core.authorize.AuthorizationResponse;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.challenge.BearerChallenge;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.Grant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.core.token.TokenResponse;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every failure and every value of this module, full of hostile text: none shows it as it came. */
class NothingRawIsShownTest {
    private static final String HOSTILE =
            "a\u001b[2J\r\n\u0000\u007f\u0085\u009b\u00ad\u061c\u200b\u200e\u2028\u202e\u2066"
                    + "\u2069\ufeff\uD800 2026-01-01 ERROR forged";

    /** What a key may hold of it. */
    private static final String HOSTILE_ID = HOSTILE.replace("\uD800", "");

    /** What {@link URI} lets through of it. */
    private static final URI HOSTILE_URI = URI.create("https://op.example/\u00ad\u061c\u200b\u202e\u2066\uD800");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(Secret.class, Secret.of(HOSTILE)),
            Map.entry(boolean.class, true),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Integer.class, 400),
            Map.entry(URI.class, HOSTILE_URI),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Optional.class, Optional.of(HOSTILE)),
            Map.entry(Set.class, Set.of(HOSTILE)),
            Map.entry(List.class, List.of(HOSTILE)),
            Map.entry(Map.class, Map.of(HOSTILE, HOSTILE)),
            Map.entry(Scopes.class, Scopes.of("read")),
            Map.entry(IssuerRule.class, new IssuerRule(HOSTILE)),
            Map.entry(RawIdToken.class, new RawIdToken(Secret.of(HOSTILE))),
            Map.entry(HttpMethod.class, HttpMethod.POST),
            Map.entry(
                    Parameters.class, Parameters.builder().set(HOSTILE, HOSTILE).build()),
            Map.entry(Grant.class, new DeviceCodeGrant(Secret.of(HOSTILE))),
            Map.entry(ClientAuthentication.class, ClientAuthentication.secretPost(Secret.of(HOSTILE))),
            Map.entry(JsonObject.class, JsonObject.of(Map.of(HOSTILE, HOSTILE))),
            Map.entry(PartitionKey.class, PartitionKey.user(HOSTILE_ID, HOSTILE_ID)),
            Map.entry(Account.class, account()));

    @TestFactory
    Stream<DynamicTest> records() throws Exception {
        return Records.all().stream()
                .map(type -> DynamicTest.dynamicTest(
                        type.getName(), () -> assertShows(Records.full(type, VALUES, component -> hostileFor(type)))));
    }

    private static String hostileFor(Class<?> type) {
        return type == ClientInfo.class ? HOSTILE_ID : HOSTILE;
    }

    @Test
    void values_holdingForeignText_showNoneOfItRaw() {
        AccessTokenEntry token = AccessTokenEntry.builder(HOSTILE, HOSTILE, Scopes.of("read"), Secret.of("t"))
                .build();

        Stream.of(
                        token,
                        account(),
                        account().profile(),
                        account().partitionKey(),
                        AccessTokenQuery.of(HOSTILE, HOSTILE, Scopes.of("read")),
                        Partition.EMPTY,
                        new IssuerRule(HOSTILE),
                        HttpMessage.get(HOSTILE_URI),
                        JsonObject.of(Map.of(HOSTILE, HOSTILE)),
                        Parameters.builder().set(HOSTILE, HOSTILE).build(),
                        BearerChallenge.parse("Bearer realm=\"x\", error=\"" + HOSTILE + '"'),
                        ErrorDetails.of(HOSTILE, HOSTILE).claims(HOSTILE).at(HOSTILE_URI))
                .forEach(NothingRawIsShownTest::assertShows);
    }

    @TestFactory
    Stream<DynamicTest> failures() {
        return Arrays.stream(AuthException.class.getPermittedSubclasses())
                .flatMap(type -> Arrays.stream(type.getDeclaredConstructors()))
                .map(constructor -> DynamicTest.dynamicTest(
                        constructor.toString(), () -> assertPrintable((AuthException) made(constructor))));
    }

    @Test
    void failure_longTexts_isBounded() {
        String longText = "x".repeat(100_000);

        AuthException failure = new OAuthError(longText, longText, longText, null)
                .toException(ErrorDetails.of("", "")
                        .at(URI.create("https://op.example/" + longText))
                        .correlationId(longText));

        assertThat(failure.getMessage()).hasSizeLessThan(2_000);
        assertThat(failure.errorCode()).hasSizeLessThan(200);
        assertThat(failure.subError().orElseThrow()).hasSizeLessThan(200);
        assertThat(failure.correlationId().orElseThrow()).hasSizeLessThan(200);
    }

    @TestFactory
    Stream<DynamicTest> answers() {
        String error = Json.write(Map.of("error", HOSTILE, "error_description", HOSTILE, "suberror", HOSTILE));
        HttpAnswer refused = new HttpAnswer(400, Map.of(), error);
        Authority authority = Authority.of("https://op.example");
        HttpAnswer metadata = new HttpAnswer(200, Map.of(), Json.write(Map.of("issuer", HOSTILE)));
        return Stream.of(
                failing(
                        "token",
                        () -> TokenResponse.check(
                                refused,
                                new TokenRequest(
                                        HOSTILE_URI,
                                        new DeviceCodeGrant(Secret.of("dc")),
                                        Scopes.NONE,
                                        null,
                                        null,
                                        false,
                                        HOSTILE,
                                        Map.of()),
                                Duration.ofHours(1),
                                Instant.EPOCH)),
                failing("metadata", () -> ProviderMetadata.check(metadata, authority, Set.of(), HOSTILE)),
                failing(
                        "authorization",
                        () -> AuthorizationResponse.check(
                                Parameters.builder()
                                        .set("state", "s")
                                        .set("error", HOSTILE)
                                        .set("error_description", HOSTILE)
                                        .build(),
                                new AuthorizationExpectations(
                                        "s", new IssuerRule(HOSTILE), false, HOSTILE_URI, HOSTILE))),
                failing("authority", () -> Authority.of("http://" + HOSTILE)),
                failing("scope", () -> Scopes.of(HOSTILE)),
                failing("parameters", () -> Parameters.decode("%1B%0Aa=1&%1B%0Aa=2")));
    }

    private static DynamicTest failing(String name, Runnable call) {
        return DynamicTest.dynamicTest(name, () -> {
            try {
                call.run();
            } catch (AuthException e) {
                assertPrintable(e);
                return;
            } catch (RuntimeException e) {
                assertPrintable(e.toString());
                return;
            }
            throw new AssertionError("nothing was thrown");
        });
    }

    private static Object made(Constructor<?> constructor) throws ReflectiveOperationException {
        ErrorDetails details = ErrorDetails.of(HOSTILE, HOSTILE)
                .subError(HOSTILE)
                .claims(HOSTILE)
                .at(HOSTILE_URI)
                .correlationId(HOSTILE);
        return constructor.getParameterCount() == 1
                ? constructor.newInstance(details)
                : constructor.newInstance(HOSTILE, HOSTILE);
    }

    private static void assertPrintable(AuthException failure) {
        assertPrintable(failure.errorCode());
        assertPrintable(failure.getMessage());
        assertPrintable(failure.toString());
        assertPrintable(failure.details().toString());
        assertPrintable(failure.details().message());
        failure.subError().ifPresent(NothingRawIsShownTest::assertPrintable);
        failure.correlationId().ifPresent(NothingRawIsShownTest::assertPrintable);
        failure.endpoint().map(URI::toString).ifPresent(NothingRawIsShownTest::assertPrintable);
    }

    /** What shows nothing hides nothing, but helps nobody either. */
    private static void assertShows(Object value) {
        assertThat(value.toString()).as(value.getClass().getName()).isNotEmpty();
        assertPrintable(value.toString());
    }

    private static void assertPrintable(String text) {
        assertThat(text).matches(PrintableText::isPrintable, "is printable");
    }

    private static Account account() {
        TenantProfile profile = new TenantProfile(
                HOSTILE, HOSTILE, HOSTILE, HOSTILE, true, HOSTILE, HOSTILE, HOSTILE, List.of(HOSTILE));
        return Account.of(PartitionKey.user(HOSTILE_ID, HOSTILE_ID), AuthorityType.GENERIC, profile, null);
    }
}
