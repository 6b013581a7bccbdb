package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.Grant;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every record of this module, full of secrets, and every other value that holds one: none shows it. */
class NoSecretIsShownTest {
    private static final String MARKER = "MARKER-SECRET";
    private static final Secret SECRET = Secret.of(MARKER);

    /** Texts that are as good as a password to whoever reads them. */
    private static final Set<String> SENSITIVE_TEXTS = Set.of("state", "userCode");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(Secret.class, SECRET),
            Map.entry(boolean.class, true),
            Map.entry(URI.class, URI.create("https://op.example/")),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(Set.class, Set.of()),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of("password", MARKER)),
            Map.entry(Scopes.class, Scopes.of("read")),
            Map.entry(IssuerRule.class, new IssuerRule("https://op.example")),
            Map.entry(RawIdToken.class, new RawIdToken(SECRET)),
            Map.entry(
                    IdTokenExpectations.class,
                    IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "call-1")
                            .accessToken(SECRET)
                            .build()),
            Map.entry(HttpMethod.class, HttpMethod.POST),
            Map.entry(Parameters.class, Parameters.decode("client_secret=" + MARKER)),
            Map.entry(Grant.class, new DeviceCodeGrant(SECRET)),
            Map.entry(ClientAuthentication.class, ClientAuthentication.secretPost(SECRET)),
            Map.entry(JsonObject.class, JsonObject.of(Map.of("secret", MARKER))),
            Map.entry(Integer.class, 400),
            Map.entry(long.class, 1L));

    @TestFactory
    Stream<DynamicTest> records() throws Exception {
        return Records.all().stream()
                .map(type -> DynamicTest.dynamicTest(
                        type.getName(), () -> assertThat(Records.full(type, VALUES, NoSecretIsShownTest::text)
                                        .toString())
                                .doesNotContain(MARKER)));
    }

    @Test
    void otherValues_holdingSecrets_showNone() {
        AccessTokenEntry token =
                AccessTokenEntry.builder("c", "t", Scopes.of("read"), SECRET).build();
        Account account = Account.of(
                PartitionKey.user("host", "u.t"), AuthorityType.MSSTS, TenantProfile.of("t", "l", true), SECRET);
        TokenRecord record = new TokenRecord(
                account,
                new IdTokenEntry("c", "t", SECRET),
                token,
                new RefreshTokenEntry("c", null, SECRET, null),
                null);

        assertThat(Stream.of(
                                token,
                                account,
                                record,
                                Partition.EMPTY.save(record, Instant.EPOCH),
                                new HttpAnswer(200, Map.of("Set-Cookie", List.of(MARKER)), MARKER),
                                HttpMessage.post(
                                                URI.create("https://op.example/?x=" + MARKER),
                                                Parameters.decode("a=" + MARKER))
                                        .withHeader("Authorization", MARKER),
                                JsonObject.of(Map.of("a", MARKER)),
                                Pkce.from(new byte[32]).verifier(),
                                ErrorDetails.of("c", "m").at(URI.create("https://op.example/?code=" + MARKER)),
                                new ClientAuthException(ErrorDetails.of("c", "m")
                                        .at(URI.create("https://op.example/#access_token=" + MARKER))),
                                new ClientInfo("u", "t"))
                        .map(Object::toString))
                .noneMatch(text -> text.contains(MARKER));
    }

    private static String text(RecordComponent component) {
        return SENSITIVE_TEXTS.contains(component.getName()) ? MARKER : "https://op.example/text";
    }
}
