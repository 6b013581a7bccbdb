package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorities without ID tokens, in the shape of GitHub: the account is what the user info endpoint says. */
@Timeout(120)
class OAuthOnlyTest {
    private static final String OCTOCAT =
            "{\"id\":583231,\"login\":\"octocat\",\"name\":\"The Octocat\",\"email\":null}";
    private static final String HUBOT = "{\"id\":480938,\"login\":\"hubot\"}";

    private final Bench bench = Bench.start();
    private final Map<String, Object> metadata = new LinkedHashMap<>(Map.of(
            "issuer", bench.idp.oidcIssuer().toString(),
            "authorization_endpoint", bench.idp.oidcIssuer() + "/authorize",
            "token_endpoint", bench.idp.oidcIssuer() + "/token",
            "device_authorization_endpoint", bench.idp.oidcIssuer() + "/device_authorization",
            "userinfo_endpoint", bench.idp.baseUri() + "/user",
            "response_modes_supported", List.of("query", "form_post")));
    private String person = OCTOCAT;
    private PublicClientApplication app;

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        bench.close();
    }

    private void open(UnaryOperator<PublicClientApplicationBuilder> more) {
        bench.wire.script((message, real) -> message.uri().getPath().equals("/user") ? who(message) : null);
        app = bench.application(
                it -> more.apply(it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OAUTH)
                        .authorityMetadata(Json.write(metadata))));
    }

    private HttpAnswer who(HttpMessage message) {
        assertThat(message.headers().get("Authorization")).startsWith("Bearer ");
        return new HttpAnswer(200, Map.of("Content-Type", List.of("application/json; charset=utf-8")), person);
    }

    private AuthenticationResult signIn(String... scopes) {
        return Face.join(app.acquireTokenPopup(PopupRequest.of(scopes)));
    }

    private AuthenticationResult silent(Account account, String... scopes) {
        return Face.FUTURES.silent(
                app, SilentRequest.builder(scopes).account(account).build());
    }

    @Test
    void signIn_takesTheAccountFromUserInfo() {
        open(it -> it);

        AuthenticationResult result = signIn("User.Read");

        Account account = result.account().orElseThrow();
        assertThat(account.localAccountId()).isEqualTo("583231");
        assertThat(account.username()).isEqualTo("octocat");
        assertThat(account.name()).contains("The Octocat");
        assertThat(result.idToken()).isEmpty();
        assertThat(silent(account, "User.Read").accessToken()).isEqualTo(result.accessToken());
        assertThat(Face.join(app.accounts())).containsExactly(account);
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE))
                .allSatisfy(it -> assertThat(it.parameters()).containsEntry("scope", "User.Read"));
        assertThat(bench.idp.requests().to(Endpoint.KEYS)).isEmpty();
    }

    @Test
    void tokens_withoutARefreshToken_endInAnInteraction() {
        open(it -> it);
        Account account = signIn("User.Read").account().orElseThrow();
        bench.expireAccessTokens();

        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void tokens_withARefreshToken_areRenewedWithoutAskingWhoItIs() {
        open(it -> it.offlineAccess(OfflineAccess.ALWAYS));
        Account account = signIn("User.Read").account().orElseThrow();
        bench.expireAccessTokens();
        bench.wire.forget();

        AuthenticationResult renewed = silent(account, "User.Read");

        assertThat(renewed.fromCache()).isFalse();
        assertThat(renewed.account()).contains(account);
        assertThat(bench.wire.sent()).allMatch(it -> it.form() != null);
    }

    /** Default scopes of OpenID Connect are not sent, those that were configured are. */
    @Test
    void requestWithoutScopes_isServedFromTheCacheToo() {
        open(it -> it.defaultScopes("User.Read"));
        Account account = signIn().account().orElseThrow();

        assertThat(silent(account).fromCache()).isTrue();
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE))
                .allSatisfy(it -> assertThat(it.parameters()).containsEntry("scope", "User.Read"));
    }

    @Test
    void twoPeople_areTwoAccountsWithTokensOfTheirOwn() {
        open(it -> it);
        AuthenticationResult first = signIn("User.Read");
        person = HUBOT;
        AuthenticationResult second = signIn("User.Read");

        assertThat(Face.join(app.accounts())).hasSize(2);
        assertThat(silent(first.account().orElseThrow(), "User.Read").accessToken())
                .isEqualTo(first.accessToken());
        assertThat(silent(second.account().orElseThrow(), "User.Read").accessToken())
                .isEqualTo(second.accessToken());
    }

    /** Nobody has verified it, so that it says nothing. */
    @Test
    void idToken_fromAnAuthorityThatIssuesNone_isNeitherBelievedNorKept() {
        open(it -> it);

        AuthenticationResult result = signIn("openid", "User.Read");

        assertThat(bench.idp.requests().tokenRequests(GrantType.AUTHORIZATION_CODE))
                .hasSize(1);
        assertThat(result.idToken()).isEmpty();
        assertThat(result.idTokenClaims().names()).isEmpty();
        assertThat(result.account().orElseThrow().username()).isEqualTo("octocat");
        assertThat(result.account().orElseThrow().idToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":\"\"}",
                "{\"id\":1.5}",
                "{\"id\":1e3}",
                "{\"id\":[1]}",
                "{\"id\":{\"sub\":\"a\"}}",
                "{\"login\":\"octocat\"}",
                "{\"sub\":true}"
            })
    void userInfo_thatNamesNobody_isRefusedAndNothingIsKept(String info) {
        person = info;
        open(it -> it);

        assertFailsWith(ErrorCodes.INVALID_USERINFO);
        assertThat(Face.join(app.accounts())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"[], failed_to_parse_response", "<html>, failed_to_parse_response", "'', failed_to_parse_response"})
    void userInfo_thatIsNoObject_isRefused(String info, String code) {
        person = info;
        open(it -> it);

        assertFailsWith(code);
    }

    @Test
    void userInfo_refusedOrOutOfReach_failsTheSignIn() {
        open(it -> it);
        bench.wire.answer("/user", 403, "{\"message\":\"Resource not accessible\"}");
        assertThatThrownBy(() -> signIn("User.Read")).isInstanceOf(AuthException.class);

        assertThat(Face.join(app.accounts())).isEmpty();
    }

    @Test
    void authorityWithoutUserInfo_isRefusedBeforeAnybodySignsIn() {
        metadata.remove("userinfo_endpoint");
        open(it -> it);

        assertFailsWith(ErrorCodes.ENDPOINT_NOT_SUPPORTED);
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).isEmpty();
    }

    /** GitHub answers errors with status 200. */
    @Test
    void errorsWithStatus200_areErrors() {
        open(it -> it);
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .once()
                .answer(Fault.error(200, "bad_verification_code", "The code passed is incorrect or expired."));

        assertFailsWith("bad_verification_code");
    }

    @Test
    void userInfoCall_isAboutTheAccount() {
        open(it -> it);
        AuthenticationResult result = signIn("User.Read");

        assertThat(Face.join(app.userInfo(result)).string("login")).isEqualTo("octocat");
        person = HUBOT;
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.USERINFO_SUBJECT_MISMATCH));
    }

    @Test
    void deviceCode_takesTheAccountFromUserInfo() {
        open(it -> it.scheduler((task, delay) -> {
            if (delay.compareTo(java.time.Duration.ofMinutes(1)) < 0) {
                new Thread(task).start();
            }
            return () -> {};
        }));
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(200, "authorization_pending", "not yet"));

        AuthenticationResult result =
                Face.FUTURES.deviceCode(app, DeviceCodeRequest.of(Scopes.of("User.Read"), code -> bench.idp
                        .person(Bench.ALICE)
                        .entersCode(code.verificationUri(), code.userCode())));

        assertThat(result.account().map(Account::username)).contains("octocat");
    }

    /** The code is spent by then: asking for the tokens again would end in an error that has nothing to do with it. */
    @Test
    void deviceCode_whoseUserInfoIsOutOfReach_endsTheCallWithThat() {
        open(it -> it.scheduler((task, delay) -> {
            if (delay.compareTo(java.time.Duration.ofMinutes(1)) < 0) {
                new Thread(task).start();
            }
            return () -> {};
        }));
        bench.wire.answer("/user", 503, "");

        assertThatThrownBy(() ->
                        Face.FUTURES.deviceCode(app, DeviceCodeRequest.of(Scopes.of("User.Read"), code -> bench.idp
                                .person(Bench.ALICE)
                                .entersCode(code.verificationUri(), code.userCode()))))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.status()).contains(503));
        assertThat(bench.idp.requests().to(Endpoint.TOKEN).stream()
                        .filter(it -> it.outcome().status() == 200))
                .hasSize(1);
    }

    /** What only an ID token proves is refused aloud. */
    @Test
    void maxAgeAndEssentialAcr_areRefusedBeforeAnybodySignsIn() {
        open(it -> it);
        PopupRequest.Builder request = PopupRequest.builder("User.Read");

        for (PopupRequest asked : List.of(
                request.maxAge(java.time.Duration.ZERO).build(),
                request.maxAge(null)
                        .claims("{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"gold\"}}}")
                        .build())) {
            assertThatThrownBy(() -> Face.join(app.acquireTokenPopup(asked)))
                    .isInstanceOf(ClientConfigurationException.class)
                    .hasMessageContaining("ID token");
        }
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).isEmpty();
    }

    /** Scopes name their resource at Microsoft's authorities only. */
    @Test
    void scopesThatAreAddresses_areForTheAuthorityToJudge() {
        open(it -> it);

        assertThatThrownBy(() -> signIn("https://mail.example/", "https://www.example/auth/drive"))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("invalid_resource"));
    }

    /** GitHub's word for a refresh token that is spent or revoked, with status 200. */
    @Test
    void badRefreshToken_asksThePersonAndGoes() {
        open(it -> it.offlineAccess(OfflineAccess.ALWAYS));
        Account account = signIn("User.Read").account().orElseThrow();
        bench.expireAccessTokens();
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .once()
                .answer(Fault.error(200, "bad_refresh_token", "The refresh token passed is incorrect or expired."));

        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);
        bench.wire.forget();
        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(bench.wire.sentTo("/token")).isEmpty();
    }

    @Test
    void signOut_leavesNothing() {
        open(it -> it);
        Account account = signIn("User.Read").account().orElseThrow();

        Face.join(app.clearCache(account));

        assertThat(Face.join(app.accounts())).isEmpty();
        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);
    }

    /** RFC 8414 section 3.1: the well-known part stands between host and path. */
    @Test
    void metadata_isReadWhereRfc8414PutsIt() {
        String issuer = bench.idp.oidcIssuer().toString();
        bench.wire.answer("/.well-known/oauth-authorization-server/oidc", 200, Json.write(metadata));
        bench.wire.script((message, real) -> message.uri().getPath().equals("/user") ? who(message) : null);
        app = bench.application(it -> it.authority(issuer, AuthorityKind.OAUTH));

        assertThat(signIn("User.Read").account().map(Account::username)).contains("octocat");
        assertThat(bench.wire.sent().stream()
                        .map(it -> Objects.requireNonNull(it.uri().getPath())))
                .contains("/.well-known/oauth-authorization-server/oidc")
                .noneMatch(path -> path.contains("openid-configuration"));
    }

    private void assertFailsWith(String code) {
        assertThatThrownBy(() -> signIn("User.Read"))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
    }
}
