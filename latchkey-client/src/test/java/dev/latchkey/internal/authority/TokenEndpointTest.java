package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.latchkey.OfflineAccess;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.SignatureRule;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.renewal.ExpiryRule;
import dev.latchkey.core.token.AnswerBinding;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.Grant;
import dev.latchkey.core.token.RefreshTokenGrant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.store.MemoryTokenStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The one way of all grants: also of one that this library does not know. */
class TokenEndpointTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Authority OWN = Authority.of("https://op.example");
    private static final String TOKEN = "\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":60";

    private final List<HttpMessage> sent = new ArrayList<>();
    private String answer = "{" + TOKEN + "}";
    private final Settings settings = settings();
    private final Network network = new Network(this::answer, Duration.ofSeconds(30));
    private final TokenEndpoint endpoint = endpoint(Settings.Answers.DEFAULT);

    /** RFC 6749 section 4.4, as somebody would add it. */
    private record ClientCredentials() implements Grant {
        @Override
        public void write(Parameters.Builder form) {
            form.set("grant_type", "client_credentials");
        }

        @Override
        public AnswerBinding binding() {
            return AnswerBinding.nobody();
        }
    }

    @Test
    void grantForNobody_asksForNoKeysAndReadsNoIdToken() {
        answer = "{" + TOKEN + ",\"id_token\":\"of whomever\"}";

        TokenGrant granted = endpoint.redeem(authority(), request(new ClientCredentials()));

        assertThat(granted.idToken()).isNull();
        assertThat(granted.response().idToken())
                .as("nobody can take it for verified")
                .isNull();
        assertThat(granted.response().accessToken().reveal()).isEqualTo("at");
        assertThat(granted.askedAt()).isEqualTo(NOW);
        assertThat(sent).extracting(HttpMessage::uri).containsExactly(URI.create("https://op.example/token"));
        assertThat(Objects.requireNonNull(sent.get(0).form()).asMap())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", "client");
    }

    @Test
    void signInWithoutIdToken_isRefused() {
        assertThatThrownBy(() -> endpoint.redeem(authority(), request(new DeviceCodeGrant(Secret.of("dc")))))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NULL_OR_EMPTY_TOKEN));
    }

    @Test
    void renewalWithoutIdToken_isBelieved_withUnverifiedOne_isNot() {
        TokenRequest request = request(new RefreshTokenGrant(Secret.of("rt"), "ada"));
        assertThat(endpoint.redeem(authority(), request).idToken()).isNull();

        answer = "{" + TOKEN + ",\"id_token\":\"eyJhbGciOiJub25lIn0.e30.\"}";
        assertThatThrownBy(() -> endpoint.redeem(authority(), request)).isInstanceOf(ClientAuthException.class);
    }

    /** OpenID Connect Core 10.1: the client secret is the key, so that no keys are asked for. */
    @Test
    void idTokenSignedWithTheSecret_whereTheClientIsRegisteredForIt_isVerified() throws JOSEException {
        Secret secret = Secret.of("0123456789abcdef".repeat(2));
        TokenEndpoint registered = endpoint(new Settings.Answers(
                Set.of(), SignatureRule.only("HS256", secret), Settings.Answers.DEFAULT.tokenLifetime()));
        JWSObject idToken = new JWSObject(
                new JWSHeader(JWSAlgorithm.HS256),
                new Payload(Json.write(Map.of(
                        "iss", "https://op.example",
                        "aud", "client",
                        "sub", "ada",
                        "iat", NOW.getEpochSecond(),
                        "exp", NOW.getEpochSecond() + 60))));
        idToken.sign(new MACSigner(secret.reveal()));
        answer = "{" + TOKEN + ",\"id_token\":\"" + idToken.serialize() + "\"}";
        TokenRequest request = request(new DeviceCodeGrant(Secret.of("dc")));

        TokenGrant granted = registered.redeem(authority(), request);
        assertThat(Objects.requireNonNull(granted.idToken()).subject()).isEqualTo("ada");
        assertThat(sent).extracting(HttpMessage::uri).containsExactly(URI.create("https://op.example/token"));

        assertThatThrownBy(() -> endpoint.redeem(authority(), request))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED));
    }

    @Test
    void lifetimeThatTheAnswerDoesNotState_isTheApplications() {
        answer = "{\"access_token\":\"at\",\"token_type\":\"Bearer\"}";
        TokenRequest request = request(new RefreshTokenGrant(Secret.of("rt"), "ada"));

        assertThat(endpoint.redeem(authority(), request).response().expiresIn()).isEqualTo(Duration.ofHours(1));
        assertThat(endpoint(new Settings.Answers(Set.of(), SignatureRule.ASYMMETRIC_ONLY, Duration.ofMinutes(7)))
                        .redeem(authority(), request)
                        .response()
                        .expiresIn())
                .isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void uselessAnswer_tellsWhatIsSpent() {
        answer = "{\"token_type\":\"Bearer\",\"refresh_token\":\"next\"}";
        TokenRequest request = request(new RefreshTokenGrant(Secret.of("rt"), null));

        assertThatThrownBy(() -> endpoint.send(authority(), request))
                .isInstanceOfSatisfying(SpentException.class, e -> assertThat(
                                Objects.requireNonNull(e.successor()).reveal())
                        .isEqualTo("next"));
        assertThatThrownBy(() -> endpoint.redeem(authority(), request))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE));
    }

    private TokenEndpoint endpoint(Settings.Answers answers) {
        Belonging belonging =
                new Belonging(settings.identity(), new Authorities(settings.identity(), network, () -> NOW));
        return new TokenEndpoint(
                identity(answers),
                new ClientRequests(settings, network, belonging),
                new SigningKeyRing(network, () -> NOW),
                network,
                () -> NOW);
    }

    private HttpAnswer answer(HttpMessage message, Duration timeout) {
        sent.add(message);
        return new HttpAnswer(200, Map.of(), message.uri().getPath().equals("/keys") ? "{\"keys\":[]}" : answer);
    }

    private static ResolvedAuthority authority() {
        String document = """
                {"issuer":"https://op.example","authorization_endpoint":"https://op.example/authorize",
                "token_endpoint":"https://op.example/token","jwks_uri":"https://op.example/keys"}""";
        return new ResolvedAuthority(
                OWN, ProviderMetadata.parse(document, OWN, Set.of()), "op.example", Clouds.BUILT_IN);
    }

    private static TokenRequest request(Grant grant) {
        return new TokenRequest(
                URI.create("https://op.example/token"),
                grant,
                Scopes.of("read"),
                null,
                null,
                false,
                "call-1",
                Map.of());
    }

    private static Settings.Identity identity(Settings.Answers answers) {
        return new Settings.Identity(
                "client",
                ClientAuthentication.none(),
                OWN,
                Set.of(),
                Clouds.BUILT_IN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Scopes.DEFAULTS,
                OfflineAccess.AUTO,
                answers);
    }

    private Settings settings() {
        Settings.Identity identity = identity(Settings.Answers.DEFAULT);
        Settings.Environment environment = new Settings.Environment(
                () -> NOW,
                new Entropy(new SecureRandom()),
                Runnable::run,
                Runnable::run,
                (task, delay) -> () -> {},
                this::answer,
                MemoryTokenStore.create(),
                () -> {});
        Duration any = Duration.ofSeconds(30);
        return new Settings(
                identity,
                environment,
                new Settings.Limits(any, any, any, any),
                new Settings.Interaction(page -> {}, LoopbackOptions.defaults()),
                ExpiryRule.DEFAULT);
    }
}
