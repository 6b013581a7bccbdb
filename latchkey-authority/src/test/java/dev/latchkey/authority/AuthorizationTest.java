package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorizationTest {
    private static final VirtualClock CLOCK = VirtualClock.atPresent();
    private static LocalAuthority authority;
    private static TestClient entra;
    private static TestClient oidc;

    @BeforeAll
    static void start() {
        authority = LocalAuthority.builder()
                .clock(CLOCK)
                .tenant(Tenant.of("contoso"))
                .tenant(Tenant.of("fabrikam"))
                .user(User.of("alice@contoso.example", "secret"))
                .user(User.of("bob@contoso.example", "secret").guestOf("fabrikam"))
                .user(User.of("carol@personal.example", "secret").personal())
                .client(Client.publicClient("demo-app")
                        .redirectUri("http://localhost")
                        .redirectUri("http://127.0.0.1/callback")
                        .redirectUri("https://app.example/callback"))
                .client(Client.publicClient("contoso-only")
                        .onlyInTenant("contoso")
                        .redirectUri("http://localhost"))
                .client(Client.confidentialClient("web-app", "web-secret").redirectUri("http://localhost"))
                .start();
        entra = TestClient.entra(authority, "contoso");
        oidc = TestClient.oidc(authority);
    }

    @AfterAll
    static void stop() {
        authority.close();
    }

    @BeforeEach
    void reset() {
        authority.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://app.example/request.jwt, request_uri_not_supported",
        "request_uri, urn:example:unknown, request_uri_not_supported",
    })
    void authorize_requestObject_isRefusedAtTheClientsAddress(String parameter, String value, String error) {
        for (TestClient client : new TestClient[] {entra, oidc}) {
            Visit visit = client.signIn(authority, parameter, value);
            Visit withoutTheRest = client.signIn(authority, parameter, value, "response_type", "", "scope", "");
            Visit badAddress = client.signIn(authority, parameter, value, "redirect_uri", "https://evil.example");

            assertThat(visit.pages()).isEmpty();
            assertThat(visit.answer()).containsEntry("error", error).containsEntry("state", "the state");
            assertThat(withoutTheRest.answer()).containsEntry("error", error);
            assertThat(badAddress.status()).isEqualTo(400);
            assertThat(badAddress.arrivedAt()).isEmpty();
        }
    }

    @Test
    void authorize_requestUriInTheFormOfPushedOnes_isOnlyUnderstoodWhereRequestsArePushed() {
        String uri = "urn:ietf:params:oauth:request_uri:never-pushed";

        assertThat(entra.signIn(authority, "request_uri", uri).answer())
                .containsEntry("error", "request_uri_not_supported");
        assertThat(oidc.signIn(authority, "request_uri", uri).arrivedAt()).isEmpty();
    }

    @Test
    void push_requestObject_isRefused() {
        Answer answer = oidc.post(
                authority.oidcIssuer() + "/par",
                Map.of(
                        "client_id", "demo-app",
                        "redirect_uri", TestClient.REDIRECT_URI,
                        "request", "eyJhbGciOiJub25lIn0.e30."));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("request_not_supported");
    }

    @Test
    void authorize_firstTime_asksForPasswordAndConsentThenAnswersWithCodeStateAndIssuer() {
        Visit visit = entra.signIn(authority);

        assertThat(visit.pages()).containsExactly("sign-in", "consent");
        assertThat(visit.arrivedAt().orElseThrow().toString()).startsWith(TestClient.REDIRECT_URI + "?");
        assertThat(visit.answer()).containsEntry("state", "the state").containsKeys("code", "session_state");
        assertThat(visit.answer().get("iss"))
                .isEqualTo(
                        authority.baseUri() + "/" + authority.tenant("contoso").id() + "/v2.0");
    }

    @Test
    void authorize_signedInAndConsented_answersWithoutAPage() {
        ScriptedPerson alice = authority.person("alice@contoso.example");
        alice.visitUpToRedirect(entra.authorize());

        Visit again = alice.visitUpToRedirect(entra.authorize("prompt", "none"));

        assertThat(again.pages()).isEmpty();
        assertThat(again.answer()).containsKey("code");
    }

    @Test
    void authorize_newScope_asksForThatConsentOnly() {
        ScriptedPerson alice = authority.person("alice@contoso.example");
        alice.visitUpToRedirect(entra.authorize());

        Visit silent = alice.visitUpToRedirect(entra.authorize("prompt", "none", "scope", "openid Mail.Read"));
        Visit asked = alice.visitUpToRedirect(entra.authorize("scope", "openid Mail.Read"));

        assertThat(silent.answer()).containsEntry("error", "consent_required");
        assertThat(silent.answer().get("error_description")).startsWith("AADSTS65001:");
        assertThat(asked.pages()).containsExactly("consent");
        assertThat(asked.answer()).containsKey("code");
    }

    @Test
    void promptNone_nobodySignedIn_isLoginRequired() {
        Visit visit = entra.signIn(authority, "prompt", "none");

        assertThat(visit.pages()).isEmpty();
        assertThat(visit.answer()).containsEntry("error", "login_required").containsEntry("state", "the state");
        assertThat(visit.answer().get("error_description")).startsWith("AADSTS50058:");
    }

    @Test
    void promptNone_twoPeopleSignedIn_needsAChoiceUnlessHinted() {
        ScriptedPerson alice = authority.person("alice@contoso.example");
        alice.visitUpToRedirect(oidc.authorize());
        alice.hands("bob@contoso.example", "secret").visitUpToRedirect(oidc.authorize("prompt", "select_account"));

        Visit vague = alice.visitUpToRedirect(oidc.authorize("prompt", "none"));
        Visit atEntra = alice.visitUpToRedirect(entra.authorize("prompt", "none"));
        Visit hinted = alice.visitUpToRedirect(oidc.authorize("prompt", "none", "login_hint", "bob@contoso.example"));

        assertThat(vague.answer()).containsEntry("error", "account_selection_required");
        assertThat(atEntra.answer()).containsEntry("error", "interaction_required");
        assertThat(hinted.answer()).containsKey("code");
    }

    @Test
    void promptLogin_signedIn_asksForThePasswordAgain() {
        ScriptedPerson alice = authority.person("alice@contoso.example");
        alice.visitUpToRedirect(entra.authorize());

        assertThat(alice.visitUpToRedirect(entra.authorize("prompt", "login")).pages())
                .containsExactly("sign-in");
        assertThat(alice.visitUpToRedirect(entra.authorize("prompt", "consent")).pages())
                .containsExactly("consent");
        assertThat(alice.visitUpToRedirect(entra.authorize("prompt", "select_account"))
                        .pages())
                .containsExactly("account");
    }

    @Test
    void maxAge_olderSignIn_asksAgain() {
        ScriptedPerson alice = authority.person("alice@contoso.example");
        alice.visitUpToRedirect(entra.authorize());
        CLOCK.advance(Duration.ofMinutes(10));

        assertThat(alice.visitUpToRedirect(entra.authorize("max_age", "900")).pages())
                .isEmpty();
        assertThat(alice.visitUpToRedirect(entra.authorize("max_age", "300", "prompt", "none"))
                        .answer())
                .containsEntry("error", "login_required");
        assertThat(alice.visitUpToRedirect(entra.authorize("max_age", "300")).pages())
                .containsExactly("sign-in");
        assertThat(alice.visitUpToRedirect(entra.authorize("max_age", "0")).pages())
                .containsExactly("sign-in");
    }

    @Test
    void wrongPassword_thenRight_showsThePageAgainAndSucceeds() {
        Visit visit = authority
                .person("alice@contoso.example")
                .typesWrongPasswordFirst(2)
                .visitUpToRedirect(entra.authorize());

        assertThat(visit.pages()).containsExactly("sign-in", "sign-in", "sign-in", "consent");
        assertThat(visit.answer()).containsKey("code");
    }

    @Test
    void consent_refused_isAccessDenied() {
        Visit visit = authority.person("alice@contoso.example").refuses().visitUpToRedirect(entra.authorize());

        assertThat(visit.answer()).containsEntry("error", "access_denied").containsEntry("state", "the state");
    }

    @Test
    void signIn_walkedAway_arrivesNowhere() {
        Visit visit = authority.person("alice@contoso.example").walksAway().visitUpToRedirect(entra.authorize());

        assertThat(visit.arrivedAt()).isEmpty();
        assertThat(visit.pages()).containsExactly("sign-in");
    }

    @Test
    void responseModes_eachCarryTheAnswer() {
        Visit fragment = entra.signIn(authority, "response_mode", "fragment");
        Visit formPost = entra.signIn(authority, "response_mode", "form_post");

        assertThat(fragment.arrivedAt().orElseThrow().getRawFragment()).contains("code=");
        assertThat(formPost.pages()).endsWith("form-post");
        assertThat(formPost.arrivedAt().orElseThrow()).hasToString(TestClient.REDIRECT_URI);
        assertThat(formPost.answer()).containsKey("code").containsEntry("state", "the state");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/, true",
        "http://localhost:65000, true",
        "http://localhost, true",
        "http://localhost:1/other, false",
        "http://localhost.evil.example:1/, false",
        "http://user@localhost:1/, false",
        "http://127.0.0.1:9/callback, true",
        "http://127.0.0.1:9/callback/, false",
        "https://app.example/callback, true",
        "https://app.example:444/callback, false",
        "https://app.example/callback?x=1, false",
        "HTTPS://app.example/callback, false",
    })
    void redirectUri_comparedExactlyButForTheLoopbackPort(String uri, boolean accepted) {
        Answer answer = entra.get(entra.authorize("redirect_uri", uri).toString());

        assertThat(answer.status()).isEqualTo(accepted ? 200 : 400);
        if (!accepted) {
            assertThat(answer.response().body()).contains("AADSTS50011", "is not registered for client demo-app");
            assertThat(answer.header("location")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, nobody, AADSTS700016",
        "client_id, '', AADSTS900144",
        "redirect_uri, '', AADSTS900144",
    })
    void authorize_wrongClientOrAddress_isAPageAndNoRedirect(String name, String value, String expected) {
        Answer answer = entra.get(entra.authorize(name, value).toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("text/html");
        assertThat(answer.response().body()).contains(expected).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, web_message, invalid_request",
        "scope, '', invalid_request",
        "scope, openid Nonsense.Read, invalid_scope",
        "scope, https://nowhere.example/Read, invalid_resource",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "prompt, none login, invalid_request",
        "prompt, whatever, invalid_request",
        "max_age, -1, invalid_request",
        "max_age, 99999999999999999999, invalid_request",
        "id_token_hint, nonsense, invalid_request",
    })
    void authorize_wrongParameter_isToldToTheClient(String name, String value, String error) {
        Visit visit = entra.signIn(authority, name, value);

        assertThat(visit.pages()).isEmpty();
        assertThat(visit.answer()).containsEntry("error", error).containsEntry("state", "the state");
        assertThat(visit.answer().get("error_description")).startsWith("AADSTS").contains("Correlation ID");
    }

    @Test
    void authorize_repeatedParameter_isInvalidRequest() {
        URI uri = URI.create(entra.authorize() + "&nonce=second");

        Visit visit = authority.person("alice@contoso.example").visitUpToRedirect(uri);

        assertThat(visit.answer()).containsEntry("error", "invalid_request");
    }

    @Test
    void authorize_byPost_works() {
        String query = entra.authorize().getRawQuery();
        var request = java.net.http.HttpRequest.newBuilder(URI.create(entra.authorizeUri))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(query));

        assertThat(entra.send(request).response().body()).contains("<h1>Sign in</h1>");
    }

    @Test
    void signInForm_withoutItsCookieOrTwice_isRefused() {
        Answer page = entra.get(entra.authorize().toString());
        String flow = page.response().body().replaceAll("(?s).*name=\"flow\" value=\"([^\"]+)\".*", "$1");
        String csrf = page.response().body().replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        String cookie = page.header("set-cookie").split(";", 2)[0];
        Map<String, String> form = Map.of(
                "flow",
                flow,
                "csrf",
                csrf,
                "action",
                "sign-in",
                "username",
                "alice@contoso.example",
                "password",
                "secret");
        String action = authority.baseUri() + "/interaction";

        assertThat(entra.post(action, form).status()).isEqualTo(400);
        assertThat(entra.post(action, form, "Cookie", cookie).status()).isEqualTo(200);
        assertThat(entra.post(action, form, "Cookie", cookie).status()).isEqualTo(400);
    }

    @Test
    void pages_carryAStrictPolicy() {
        Answer page = entra.get(entra.authorize().toString());

        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://localhost:7777")
                .doesNotContain("unsafe");
        assertThat(page.header("set-cookie")).contains("HttpOnly", "SameSite=Lax");
        assertThat(page.header("cache-control")).isEqualTo("no-store");
        assertThat(entra.get(authority.baseUri() + "/assets/page.css").header("content-type"))
                .startsWith("text/css");
    }

    @Test
    void errorPage_hostileText_isEscaped() {
        Answer page = entra.get(
                entra.authorize("client_id", "<script>alert(1)</script>").toString());

        assertThat(page.response().body()).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    @Test
    void tenants_admitTheirOwnPeopleAndGuests() {
        TestClient fabrikam = TestClient.entra(authority, "fabrikam");
        TestClient consumers = TestClient.entra(authority, "consumers");
        TestClient organizations = TestClient.entra(authority, "organizations");

        Visit guest = authority.person("bob@contoso.example").visitUpToRedirect(fabrikam.authorize());
        Visit personal = authority.person("carol@personal.example").visitUpToRedirect(consumers.authorize());

        assertThat(guest.answer()).containsKey("code");
        assertThat(personal.answer()).containsKey("code");
        assertThat(isAdmitted(fabrikam, "alice@contoso.example")).isFalse();
        assertThat(isAdmitted(organizations, "carol@personal.example")).isFalse();
        assertThat(isAdmitted(organizations, "alice@contoso.example")).isTrue();
    }

    private static boolean isAdmitted(TestClient client, String userName) {
        Answer page = client.get(client.authorize().toString());
        String body = page.response().body();
        Map<String, String> form = Map.of(
                "flow",
                body.replaceAll("(?s).*name=\"flow\" value=\"([^\"]+)\".*", "$1"),
                "csrf",
                body.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1"),
                "action",
                "sign-in",
                "username",
                userName,
                "password",
                "secret");
        String cookie = page.header("set-cookie").split(";", 2)[0];
        return !client.post(authority.baseUri() + "/interaction", form, "Cookie", cookie)
                .response()
                .body()
                .contains("AADSTS50020");
    }

    @Test
    void client_ofOneTenant_isRefusedElsewhere() {
        TestClient common = TestClient.entra(authority, "common");

        Answer answer = common.get(common.authorize("client_id", "contoso-only").toString());

        assertThat(answer.response().body()).contains("AADSTS50194");
        assertThat(entra.get(entra.authorize("client_id", "contoso-only").toString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void authorize_multiTenant_answersWithoutAnIssuerItCouldNotAdvertise() {
        Visit visit = TestClient.entra(authority, "common").signIn(authority);

        assertThat(visit.answer()).containsKey("code").doesNotContainKey("iss");
    }
}
