package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/providers.md: each provider as recorded, and what has to be set for it. */
@Timeout(60)
class ProviderShapesTest {
    private static final URI CALLBACK = URI.create("https://shop.example.test/callback");
    private static final URI GOODBYE = URI.create("https://shop.example.test/bye");

    /**
     * A provider that works.
     *
     * @param name its file
     * @param application with what has to be set
     */
    record Row(String name, Function<RecordedProvider, ClientApplication> application) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                desktop("external-id"),
                desktop("b2c"),
                desktop("adfs"),
                desktop("okta"),
                desktop("auth0"),
                desktop("google"),
                desktop("salesforce"),
                desktop("gitlab"),
                desktop("ping-federate"),
                desktop("ping-one"),
                desktop("forgerock"),
                desktop("cognito"),
                desktop("authentik"),
                desktop("hydra"),
                desktop("janssen"),
                desktop("wso2"),
                desktop("duende"),
                new Row("zitadel", provider -> publicClient(provider)
                        .trustedAudiences(List.of("200000000000000002", "300000000000000003"))
                        .build()),
                new Row("apple", provider -> server(provider, freshSecret())
                        .defaultScopes()
                        .build()),
                new Row("slack", provider -> server(provider, secret()).build()),
                new Row("line", provider -> server(provider, secret())
                        .idTokenSignedResponseAlg("HS256")
                        .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void provider_asRecorded_signsInRenewsAndSignsOut(Row row) {
        RecordedProvider provider = RecordedProvider.of(row.name);
        try (ClientApplication app = row.application.apply(provider)) {
            Account account = signsIn(provider, app);
            userInfo(provider, app);
            if (provider.shape().has("renewed_token")) {
                renewsTwice(provider, app, account);
                asksThePersonWhenTheSessionIsOver(provider, app, account);
                signsIn(provider, app);
            } else {
                asksThePersonWhenTheTokenIsOld(provider, app, account);
            }
            signsOut(provider, app, account);
        }
    }

    private static Account signsIn(RecordedProvider provider, ClientApplication app) {
        AuthenticationResult result = signIn(provider, app);

        Account account = result.account().orElseThrow();
        assertThat(account.username()).isEqualTo(provider.shape().string("username"));
        assertThat(result.idTokenClaims().string("sub"))
                .isEqualTo(Objects.requireNonNull(provider.shape().object("id_token"))
                        .string("sub"));
        assertThat(Duration.between(provider.clock.instant(), result.expiresOn()))
                .as("as stated, or an hour")
                .isEqualTo(life(provider));
        AuthenticationResult silent = silent(provider, app, account);
        assertThat(silent.fromCache()).isTrue();
        assertThat(silent.accessToken()).isEqualTo(result.accessToken());
        return account;
    }

    /** Twice: the refresh token of the first sign-in stays good, or is replaced, as the provider does it. */
    private static void renewsTwice(RecordedProvider provider, ClientApplication app, Account account) {
        String last = silent(provider, app, account).accessToken();
        for (int i = 1; i <= 2; i++) {
            provider.clock.advance(life(provider));
            AuthenticationResult renewed = silent(provider, app, account);

            assertThat(renewed.fromCache()).isFalse();
            assertThat(renewed.accessToken()).isNotEqualTo(last);
            assertThat(renewed.account().orElseThrow().homeAccountId()).isEqualTo(account.homeAccountId());
            assertThat(renewed.idTokenClaims().string("sub"))
                    .as("of the last ID token, also if none came")
                    .isEqualTo(account.idTokenClaims().string("sub"));
            assertThat(silent(provider, app, account).fromCache()).isTrue();
            assertThat(provider.tokenRequests("refresh_token")).hasSize(i);
            last = renewed.accessToken();
        }
    }

    private static void asksThePersonWhenTheSessionIsOver(
            RecordedProvider provider, ClientApplication app, Account account) {
        provider.clock.advance(life(provider));
        provider.endSession();

        asksThePerson(
                () -> silent(provider, app, account),
                Objects.requireNonNull(Objects.requireNonNull(provider.shape().object("spent"))
                                .object("body"))
                        .string("error", ""));
        provider.clock.advance(Duration.ofMinutes(2));
        asksThePerson(() -> silent(provider, app, account), ErrorCodes.NO_TOKENS_FOUND);
    }

    private static void asksThePersonWhenTheTokenIsOld(
            RecordedProvider provider, ClientApplication app, Account account) {
        provider.clock.advance(life(provider));
        asksThePerson(() -> silent(provider, app, account), ErrorCodes.NO_TOKENS_FOUND);
    }

    private static void asksThePerson(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code));
    }

    private static void userInfo(RecordedProvider provider, ClientApplication app) {
        AuthenticationResult result = signIn(provider, app);
        if (provider.shape().has("user_info")) {
            assertThat(Face.join(app.userInfo(result)).string("sub"))
                    .isEqualTo(result.idTokenClaims().string("sub"));
        } else if (!provider.metadata().has("userinfo_endpoint")) {
            assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                    .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.ENDPOINT_NOT_SUPPORTED));
        }
    }

    /** Where the provider has no page for that, the tokens are gone all the same, and the error says so. */
    private static void signsOut(RecordedProvider provider, ClientApplication app, Account account) {
        LogoutRequest request =
                LogoutRequest.builder(account).postLogoutRedirectUri(GOODBYE).build();
        String page = provider.metadata().string("end_session_endpoint");
        if (page == null) {
            assertThatThrownBy(() -> Face.join(app.logout(request)))
                    .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED))
                    .hasMessageContaining("the local tokens were removed");
        } else {
            URI address = Face.join(app.logout(request));
            assertThat(address.toString()).startsWith(page + "?");
            assertThat(Parameters.decode(address.getRawQuery()).asMap())
                    .containsEntry("client_id", provider.clientId())
                    .containsKey("id_token_hint")
                    .containsValue(GOODBYE.toString());
        }
        assertThat(Face.join(app.accounts(account.partitionKey()))).isEmpty();
        boolean isRevocable = provider.metadata().has("revocation_endpoint")
                && provider.shape().has("renewed_token");
        assertThat(provider.sentTo("revocation_endpoint")).hasSize(isRevocable ? 1 : 0);
    }

    // ---- what is not as the client expects, and the way out

    /** Its account has one name, whichever of the tenant's hosts the metadata names as issuer. */
    @Test
    void externalId_issuerOnTheHostOfTheTenantsId_isOneIssuerWithTheTenantsName() {
        RecordedProvider provider = RecordedProvider.of("external-id");
        try (PublicClientApplication app = publicClient(provider).build()) {
            Account account = signIn(provider, app).account().orElseThrow();

            assertThat(account.authorityType()).hasToString("MSSTS");
            assertThat(account.homeAccountId())
                    .isEqualTo("00aa00aa-bb11-cc22-dd33-44ee44ee44ee.aaaabbbb-0000-cccc-1111-dddd2222eeee");
            assertThat(Face.join(app.accounts())).containsExactly(account);
        }
    }

    @Test
    void externalId_onADomainOfItsOwn_needsItsKind() {
        RecordedProvider provider = RecordedProvider.of("external-id");
        String tenant = "/aaaabbbb-0000-cccc-1111-dddd2222eeee";
        provider.with("published", "https://login.contoso.test" + tenant + "/v2.0/.well-known/openid-configuration")
                .with("authority", "https://login.contoso.test" + tenant);
        try (PublicClientApplication app = publicClient(provider)
                .authority(provider.authority(), AuthorityKind.CIAM)
                .build()) {
            assertThat(signIn(provider, app).account()).isPresent();
        }
        try (PublicClientApplication app = publicClient(provider)
                .authority(provider.authority() + "/v2.0", AuthorityKind.OIDC)
                .build()) {
            refused(provider, app, ErrorCodes.ISSUER_VALIDATION_FAILED, "authority(address, kind)");
        }
    }

    @Test
    void adfs_resourceAndScopes_areSentEachTime() {
        RecordedProvider provider = RecordedProvider.of("adfs");
        try (PublicClientApplication app = publicClient(provider).build()) {
            signIn(provider, app);

            assertThat(provider.asked().get("resource")).isEqualTo("urn:microsoft:userinfo");
            assertThat(provider.tokenRequests("authorization_code"))
                    .singleElement()
                    .satisfies(form -> assertThat(form.get("resource")).isEqualTo("urn:microsoft:userinfo"));
            provider.clock.advance(life(provider));
            silent(provider, app, Face.join(app.accounts()).get(0));
            assertThat(provider.tokenRequests("refresh_token"))
                    .singleElement()
                    .satisfies(form -> assertThat(form.get("scope")).contains("openid"));
        }
    }

    /** Its secret is a JWT that is good for six months: made anew for each request, it is never too old. */
    @Test
    void apple_secretOfTheApplication_isMadeForEachRequest() {
        RecordedProvider provider = RecordedProvider.of("apple");
        try (ConfidentialClientApplication app =
                server(provider, freshSecret()).defaultScopes().build()) {
            Account account = signIn(provider, app).account().orElseThrow();
            provider.clock.advance(Duration.ofDays(200));
            silent(provider, app, account);

            assertThat(Stream.concat(
                            provider.tokenRequests("authorization_code").stream(),
                            provider.tokenRequests("refresh_token").stream()))
                    .extracting(form -> form.get("client_secret"))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(secret -> secret.startsWith("jwt-of-"));
        }
    }

    @Test
    void apple_scopesOfTheDefault_areRefused() {
        RecordedProvider provider = RecordedProvider.of("apple");
        try (ConfidentialClientApplication app = server(provider, freshSecret()).build()) {
            refused(provider, app, "invalid_scope", "");
        }
    }

    @Test
    void apple_nameAndEmail_comeByFormPost() {
        RecordedProvider provider = RecordedProvider.of("apple");
        try (ConfidentialClientApplication app =
                server(provider, freshSecret()).defaultScopes("name", "email").build()) {
            refused(provider, app, "invalid_request", "");

            RedirectSignIn begun = Face.join(app.acquireTokenRedirect(RedirectRequest.builder(CALLBACK, "openid")
                    .responseMode(ResponseMode.FORM_POST)
                    .build()));
            Parameters answer = provider.answer(begun.authorizationUri());
            assertThat(answer.asMap()).containsKeys("code", "user");
            assertThat(Face.join(app.handleRedirect(begun.saved(), answer))
                            .idTokenClaims()
                            .string("is_private_email"))
                    .isEqualTo("true");
        }
    }

    @Test
    void line_tokensSignedWithTheChannelSecret_needTheSwitch() {
        RecordedProvider provider = RecordedProvider.of("line");
        try (ConfidentialClientApplication app = server(provider, secret()).build()) {
            refused(provider, app, ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED, "idTokenSignedResponseAlg(\"HS256\")");
        }
    }

    /** Neither of what protects a code is there: the proof key is refused, and the token has no nonce. */
    @Test
    void linkedIn_isRefused() {
        RecordedProvider provider = RecordedProvider.of("linkedin");
        try (ConfidentialClientApplication app = server(provider, secret()).build()) {
            refused(provider, app, "invalid_client", "");
        }
        RecordedProvider withPkce = RecordedProvider.of("linkedin").with("pkce", "checked");
        try (ConfidentialClientApplication app = server(withPkce, secret()).build()) {
            refused(withPkce, app, ErrorCodes.NONCE_MISMATCH, "has no nonce");
        }
    }

    @Test
    void zitadel_tokensForTheWholeProject_needToBeDeclared() {
        RecordedProvider provider = RecordedProvider.of("zitadel");
        try (PublicClientApplication app = publicClient(provider).build()) {
            refused(
                    provider,
                    app,
                    ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH,
                    "is for others too: [200000000000000002, 300000000000000003]; if they may have it, declare them with"
                            + " trustedAudiences");
        }
    }

    @Test
    void authentik_withoutASigningKey_signsWithTheSecret() {
        RecordedProvider provider =
                RecordedProvider.of("authentik").with("algorithm", "HS256").with("key_document", Map.of());
        try (ConfidentialClientApplication app =
                server(provider, secret()).idTokenSignedResponseAlg("HS256").build()) {
            assertThat(signIn(provider, app).account()).isPresent();
        }
        try (PublicClientApplication app = publicClient(provider).build()) {
            refused(provider, app, ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED, "choose a signing key at the authority");
        }
    }

    /** One issuer for all applications: the document is not where its issuer says. */
    @ParameterizedTest
    @CsvSource({
        "authentik, https://auth.acme.test/application/o/shop/, https://auth.acme.test/",
        "wso2, https://id.acme.test/oauth2/oidcdiscovery, https://id.acme.test/oauth2/token",
    })
    void documentThatIsNotAtItsIssuer_isGivenToTheApplication(String name, String published, String issuer) {
        RecordedProvider provider = RecordedProvider.of(name);
        provider.with("metadata", with(provider.metadata().asMap(), "issuer", issuer))
                .with("id_token", with(provider.shape().object("id_token"), issuer))
                .with("authority", published)
                .with("published", published.replaceAll("/$", "") + "/.well-known/openid-configuration");
        try (PublicClientApplication app = publicClient(provider).build()) {
            refused(provider, app, ErrorCodes.ISSUER_VALIDATION_FAILED, "speaks for the issuer " + issuer);
        }
        try (PublicClientApplication app = publicClient(provider)
                .authority(issuer)
                .authorityMetadata(Json.write(provider.metadata().asMap()))
                .build()) {
            assertThat(signIn(provider, app).account()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authentik", "auth0", "hydra"})
    void issuerWithASlashAtTheEnd_isFoundWithoutItToo(String name) {
        RecordedProvider provider = RecordedProvider.of(name);
        String issuer = provider.authority();
        assertThat(issuer).endsWith("/");
        try (PublicClientApplication app = publicClient(provider)
                .authority(issuer.substring(0, issuer.length() - 1))
                .build()) {
            assertThat(signIn(provider, app).account()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "forgerock, https://openam-acme.forgeblocks.test/am/oauth2/alpha",
        "duende, https://login.acme.test/Identity",
    })
    void issuerInAnotherSpelling_isNamed(String name, String address) {
        RecordedProvider provider =
                RecordedProvider.of(name).with("published", address + "/.well-known/openid-configuration");
        String issuer = provider.authority();
        try (PublicClientApplication app =
                publicClient(provider).authority(address).build()) {
            refused(
                    provider,
                    app,
                    ErrorCodes.ISSUER_VALIDATION_FAILED,
                    "speaks for the issuer " + issuer + ", not for " + address);
        }
    }

    /** Two refreshes at once, for example by two programs that have the same refresh token. */
    @Test
    void hydra_busyWithTheSameRefreshToken_keepsIt() {
        RecordedProvider provider = RecordedProvider.of("hydra");
        Wire wire = new Wire().script((message, real) -> provider.send(message, Duration.ofSeconds(30)));
        try (PublicClientApplication app =
                publicClient(provider).transport(wire).build()) {
            Account account = signIn(provider, app).account().orElseThrow();
            provider.clock.advance(life(provider));
            wire.answer(
                    "/oauth2/token",
                    400,
                    "{\"error\":\"invalid_request\",\"error_description\":\"Failed to refresh token because of multiple"
                            + " concurrent requests using the same token which is not allowed.\"}");

            assertThatThrownBy(() -> silent(provider, app, account))
                    .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.retryAfter())
                            .isPresent())
                    .hasMessageContaining("try again later");
            wire.unscript();
            wire.script((message, real) -> provider.send(message, Duration.ofSeconds(30)));
            provider.clock.advance(Duration.ofMinutes(1));
            assertThat(silent(provider, app, account).fromCache()).isFalse();
        }
    }

    @Test
    void cognito_signOut_saysByItsOwnNameWhereTheUserGoes() {
        RecordedProvider provider = RecordedProvider.of("cognito");
        try (PublicClientApplication app = publicClient(provider).build()) {
            Account account = signIn(provider, app).account().orElseThrow();
            LogoutRequest request = LogoutRequest.builder(account)
                    .postLogoutRedirectUri(GOODBYE)
                    .build();
            Face.join(app.logoutPopup(request));

            assertThat(provider.shown).singleElement().satisfies(page -> assertThat(
                            Parameters.decode(page.getRawQuery()).asMap())
                    .containsEntry("logout_uri", GOODBYE.toString())
                    .doesNotContainKey("post_logout_redirect_uri"));
        }
    }

    /** A web client gets a refresh token only so; the parameter is not needed to renew. */
    @Test
    void google_offlineAccess_isAParameter() {
        RecordedProvider provider = RecordedProvider.of("google");
        try (ConfidentialClientApplication app = server(provider, secret()).build()) {
            RedirectSignIn begun = Face.join(app.acquireTokenRedirect(RedirectRequest.builder(CALLBACK, "email")
                    .extraQueryParameters(Map.of("access_type", "offline"))
                    .prompt(Prompt.CONSENT)
                    .build()));
            Account account = Face.join(app.handleRedirect(begun.saved(), provider.answer(begun.authorizationUri())))
                    .account()
                    .orElseThrow();

            assertThat(provider.asked().get("access_type")).isEqualTo("offline");
            assertThat(silent(provider, app, account).hasAccessToken()).isTrue();
            assertThat(silent(provider, app, account).fromCache()).isTrue();
        }
    }

    // ----

    private static Row desktop(String name) {
        return new Row(name, provider -> publicClient(provider).build());
    }

    private static PublicClientApplicationBuilder publicClient(RecordedProvider provider) {
        return PublicClientApplication.builder(provider.clientId())
                .authority(provider.authority())
                .clock(provider.clock)
                .scheduler(new ManualScheduler(provider.clock))
                .transport(provider)
                .userAgent(provider);
    }

    private static ConfidentialClientApplicationBuilder server(
            RecordedProvider provider, ClientAuthentication authentication) {
        return ConfidentialClientApplication.builder(provider.clientId(), authentication)
                .authority(provider.authority())
                .clock(provider.clock)
                .scheduler(new ManualScheduler(provider.clock))
                .transport(provider);
    }

    private static ClientAuthentication secret() {
        return ClientAuthentication.secretPost(dev.latchkey.core.Secret.of(RecordedProvider.CLIENT_SECRET));
    }

    private static ClientAuthentication freshSecret() {
        return (request, context) -> request.form()
                .set("client_id", context.clientId())
                .set("client_secret", "jwt-of-" + context.now().getEpochSecond());
    }

    private static AuthenticationResult signIn(RecordedProvider provider, ClientApplication app) {
        JsonObject shape = provider.shape();
        String[] scopes = shape.strings("scopes").toArray(String[]::new);
        if (app instanceof PublicClientApplication desktop) {
            return Face.join(desktop.acquireTokenPopup(PopupRequest.builder(scopes)
                    .resource(shape.string("resource"))
                    .build()));
        }
        RedirectSignIn begun = Face.join(app.acquireTokenRedirect(RedirectRequest.of(CALLBACK, scopes)));
        return Face.join(app.handleRedirect(begun.saved(), provider.answer(begun.authorizationUri())));
    }

    private static AuthenticationResult silent(RecordedProvider provider, ClientApplication app, Account account) {
        JsonObject shape = provider.shape();
        return Face.join(app.acquireTokenSilent(
                SilentRequest.builder(shape.strings("scopes").toArray(String[]::new))
                        .account(account)
                        .resource(shape.string("resource"))
                        .build()));
    }

    private static void refused(RecordedProvider provider, ClientApplication app, String code, String words) {
        assertThatThrownBy(() -> signIn(provider, app))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    private static Duration life(RecordedProvider provider) {
        Long seconds = Objects.requireNonNull(provider.shape().object("token")).number("expires_in");
        return seconds == null ? Duration.ofHours(1) : Duration.ofSeconds(seconds);
    }

    private static Map<String, Object> with(JsonObject claims, String issuer) {
        return with(Objects.requireNonNull(claims).asMap(), "iss", issuer);
    }

    private static Map<String, Object> with(Map<String, ?> members, String name, Object value) {
        Map<String, Object> changed = new java.util.LinkedHashMap<>(members);
        changed.put(name, value);
        return changed;
    }
}
