package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real authorities send, from end to end. */
@Timeout(60)
class RealAuthoritiesTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    // ---- lifetimes

    /** Salesforce. */
    @Test
    void answerWithoutLifetime_isServedForAnHour() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.without("expires_in"));
        Account account = bench.signIn();

        assertThat(silent(account).fromCache()).isTrue();
        bench.clock.advance(Duration.ofMinutes(30));
        assertThat(silent(account).fromCache()).isTrue();
        assertThat(bench.wire.sent()).isEmpty();

        bench.clock.advance(Duration.ofMinutes(31));
        assertThat(silent(account).fromCache()).isFalse();
    }

    @Test
    void answerWithoutLifetime_isServedForAsLongAsTheApplicationSays() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.without("expires_in", "ext_expires_in", "refresh_in"));
        try (PublicClientApplication app = bench.application(it -> it.defaultTokenLifetime(Duration.ofHours(8)))) {
            Account account = bench.signIn(app);
            bench.clock.advance(Duration.ofHours(7));

            AuthenticationResult result = Face.join(app.acquireTokenSilent(
                    SilentRequest.builder("User.Read").account(account).build()));
            assertThat(result.fromCache()).isTrue();
            assertThat(result.expiresOn()).isEqualTo(bench.clock.instant().plus(Duration.ofHours(1)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicClientApplication.builder("client").defaultTokenLifetime(Duration.ZERO));
    }

    @Test
    void answerWithoutLifetimeAndRefreshToken_asksThePersonOnce() {
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .answer(Fault.without("expires_in", "refresh_token", "refresh_token_expires_in"));
        SilentRequest request = SilentRequest.of("User.Read");

        AuthenticationResult first = Face.join(bench.app.acquireToken(request));
        AuthenticationResult second = Face.join(bench.app.acquireToken(request));

        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        assertThat(second.fromCache()).isTrue();
        assertThat(bench.wire.sentTo("/token")).hasSize(1);
    }

    // ---- no access token

    /** Azure AD B2C, to a code for openid alone. */
    @Test
    void answerWithoutAccessToken_whereOnlyWhoSignsInWasAsked_signsIn() {
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .answer(Fault.without("access_token", "token_type", "expires_in", "scope"));

        AuthenticationResult result = Face.FUTURES.popup(bench.app, PopupRequest.of("openid"));

        assertThat(result.hasAccessToken()).isFalse();
        assertThat(result.accessToken()).isEmpty();
        assertThatIllegalStateException().isThrownBy(result::authorizationHeader);
        assertThat(result.expiresOn()).isEqualTo(bench.clock.instant());
        assertThat(result.idTokenClaims().string("sub")).isNotEmpty();
        Account account = result.account().orElseThrow();
        assertThat(Face.join(bench.app.accounts())).containsExactly(account);
        assertThatThrownBy(() -> Face.join(bench.app.userInfo(result)))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NULL_OR_EMPTY_TOKEN))
                .hasMessageContaining("no access token");

        AuthenticationResult renewed = Face.FUTURES.silent(
                bench.app, SilentRequest.builder("openid").account(account).build());
        assertThat(renewed.fromCache()).as("nothing was cached").isFalse();
        assertThat(renewed.hasAccessToken()).isFalse();
    }

    @Test
    void answerWithoutAccessToken_whereOneIsNeeded_isRefused() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.without("access_token"));

        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE))
                .hasMessageContaining("lacks the member access_token");
    }

    // ---- scopes

    /** Slack. */
    @Test
    void scopesSeparatedByCommas_areFoundInTheCache() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.with("scope", "User.Read,Mail.Read"));
        Account account = bench.signIn("User.Read", "Mail.Read");

        AuthenticationResult result = Face.FUTURES.silent(
                bench.app, SilentRequest.builder("Mail.Read").account(account).build());
        assertThat(result.fromCache()).isTrue();
        assertThat(result.scopes().values()).containsExactly("User.Read", "Mail.Read");
    }

    // ---- refusals

    /** Auth0. */
    @Test
    void secondFactorOnRefresh_asksThePersonAndKeepsTheRefreshToken() {
        Account account = signedInLongAgo();
        bench.wire.answer(
                "/token",
                403,
                "{\"error\":\"mfa_required\",\"error_description\":\"Multifactor authentication required\",\"mfa_token\":\"s\"}");

        assertThatThrownBy(() -> silent(account))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("mfa_required"));
        refreshTokenStillWorks(account);
    }

    /** Salesforce. */
    @Test
    void refreshTokenThatIsBeingProcessed_isKeptAndTriedLater() {
        Account account = signedInLongAgo();
        bench.wire.answer(
                "/token",
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"token request is already being processed\"}");

        assertThatThrownBy(() -> silent(account))
                .isInstanceOfSatisfying(
                        ServerException.class, e -> assertThat(e.retryAfter()).isPresent())
                .hasMessageContaining("try again later");
        refreshTokenStillWorks(account);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void refusalByAServerInTrouble_keepsTheRefreshToken(int status) {
        Account account = signedInLongAgo();
        bench.wire.answer("/token", status, "{\"error\":\"invalid_grant\"}");

        assertThatThrownBy(() -> silent(account)).isInstanceOf(ServerException.class);
        refreshTokenStillWorks(account);
    }

    @Test
    void refusalThatIsFinal_removesTheRefreshToken() {
        Account account = signedInLongAgo();
        bench.wire.answer("/token", 400, "{\"error\":\"invalid_grant\",\"error_description\":\"revoked\"}");
        assertThatThrownBy(() -> silent(account)).isInstanceOf(InteractionRequiredAuthException.class);
        bench.wire.unscript();
        bench.clock.advance(Duration.ofMinutes(2));

        assertThatThrownBy(() -> silent(account))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_TOKENS_FOUND));
    }

    // ---- metadata

    @Test
    void optionalEndpointsThatCannotBeUsed_areNamedByWhoNeedsThem() {
        metadata(Map.of(
                "end_session_endpoint", "/logout",
                "device_authorization_endpoint", "http://id.example.test/d",
                "userinfo_endpoint", "https://my_id.example.test/u"));
        AuthenticationResult result = Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read"));
        Account account = result.account().orElseThrow();

        refused(
                () -> Face.join(
                        bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), code -> {}))),
                ErrorCodes.ENDPOINT_NOT_SUPPORTED,
                "the metadata's device_authorization_endpoint is not an https address");
        refused(
                () -> Face.join(bench.app.userInfo(result)),
                ErrorCodes.ENDPOINT_NOT_SUPPORTED,
                "the metadata's userinfo_endpoint has a host with '_' in its name");
        try (CapturedLog log = new CapturedLog()) {
            Face.join(bench.app.logoutPopup(LogoutRequest.of(account)));
            assertThat(log.text()).contains("the metadata's end_session_endpoint is not an https address");
        }
        assertThat(Face.join(bench.app.accounts())).isEmpty();
    }

    // ---- the registered algorithm

    @Test
    void registeredAlgorithm_isTheOnlyOneThatPasses() {
        try (PublicClientApplication right = bench.application(it -> it.idTokenSignedResponseAlg("RS256"));
                PublicClientApplication wrong = bench.application(it -> it.idTokenSignedResponseAlg("ES256"))) {
            assertThat(Face.FUTURES.popup(right, PopupRequest.of("User.Read")).account())
                    .isPresent();
            assertThatThrownBy(() -> Face.FUTURES.popup(wrong, PopupRequest.of("User.Read")))
                    .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED))
                    .hasMessageContaining("accepted is ES256 alone");
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "HS256", "HS384", "HS512", "hs256", "ES256K"})
    void algorithm_thatAPublicClientCannotHave_isRefusedWhenItIsBuilt(String algorithm) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicClientApplication.builder("client")
                .idTokenSignedResponseAlg(algorithm)
                .build());
    }

    @Test
    void secretAsKey_needsASecretThatIsLongEnough() {
        UnaryOperator<ConfidentialClientApplicationBuilder> pinned =
                it -> it.authority("https://op.example", AuthorityKind.OIDC).idTokenSignedResponseAlg("HS256");
        ConfidentialClientApplication app = pinned.apply(
                        ConfidentialClientApplication.builder("web", "0123456789abcdef".repeat(2)))
                .build();
        app.close();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pinned.apply(ConfidentialClientApplication.builder("web", "short"))
                        .build());
        ClientAuthentication signing = (request, context) -> request.form().set("client_assertion", "x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pinned.apply(ConfidentialClientApplication.builder("web", signing))
                        .build());
    }

    private void metadata(Map<String, String> members) {
        bench.wire.script((message, real) -> {
            if (!message.uri().getPath().endsWith("/openid-configuration")) {
                return null;
            }
            Map<String, Object> document = new LinkedHashMap<>(
                    parse(real.send(message, Duration.ofSeconds(30)).body()).asMap());
            document.putAll(members);
            return new HttpAnswer(200, Map.of(), Json.write(document));
        });
    }

    private static JsonObject parse(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Runnable call, String code, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e.endpoint().map(URI::getScheme)).isPresent();
                })
                .hasMessageContaining(words);
    }

    private Account signedInLongAgo() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        return account;
    }

    private void refreshTokenStillWorks(Account account) {
        bench.wire.unscript();
        bench.clock.advance(Duration.ofMinutes(2));
        try {
            assertThat(silent(account).fromCache()).isFalse();
        } catch (AuthException e) {
            throw new AssertionError("the refresh token was not kept", e);
        }
    }

    private AuthenticationResult silent(Account account) {
        return Face.FUTURES.silent(
                bench.app, SilentRequest.builder("User.Read").account(account).build());
    }
}
