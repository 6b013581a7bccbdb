package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalAuthorityTest {
    @Test
    void start_withDefaults_isUsefulAtOnce() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.entra(authority, "common");

            assertThat(client.tokens(authority).status()).isEqualTo(200);
            assertThat(authority.requests().to(Endpoint.PAGE)).hasSize(2);
            authority.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
            authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).none();
            assertThatThrownBy(() -> authority
                            .verify()
                            .tokenRequests(GrantType.REFRESH_TOKEN)
                            .exactly(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected exactly 1");
        }
    }

    @Test
    void requests_areRecordedWithoutSecrets() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.entra(authority, "contoso");
            String code = client.signIn(authority).answer().get("code");
            Answer tokens = client.redeem(code);

            String log = authority.requests().all().toString();

            assertThat(log)
                    .doesNotContain(code, TestClient.VERIFIER, tokens.text("access_token"), "password=secret")
                    .contains("demo-app", "alice@contoso.example");
        }
    }

    @Test
    void https_speaksTlsThatOnlyItsOwnAuthorityVouchesFor() throws Exception {
        try (LocalAuthority authority = LocalAuthority.builder().https().start()) {
            URI metadata = URI.create(authority.oidcIssuer() + "/.well-known/openid-configuration");
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(authority.sslContext()).build();

            assertThat(trusting.send(HttpRequest.newBuilder(metadata).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(metadata).build(), HttpResponse.BodyHandlers.ofString()))
                    .hasMessageContaining("certification path");
            assertThat(authority.caCertificate().getBasicConstraints()).isEqualTo(0);
            Visit visit = authority
                    .person("alice@contoso.example")
                    .visitUpToRedirect(TestClient.entra(authority, "contoso").authorize());
            assertThat(visit.answer()).containsKey("code");
        }
    }

    @Test
    void caCertificate_withoutHttps_isAMistakeOfTheCaller() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            assertThatThrownBy(authority::caCertificate).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void config_file_isUsed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("authority.json");
        Files.writeString(file, """
                {"tenants": [{"name": "acme"}],
                 "users": [{"userName": "dave@acme.example", "password": "pw", "displayName": "Dave"}],
                 "clients": [{"clientId": "app", "redirectUris": ["http://localhost"]}],
                 "apis": [{"identifier": "api://things", "scopes": {"Read": "Read things"}}]}
                """);
        try (LocalAuthority authority = LocalAuthority.builder().config(file).start()) {
            TestClient client = TestClient.entra(authority, "acme");
            Visit visit = ScriptedPerson.signsIn("dave@acme.example", "pw")
                    .visitUpToRedirect(client.authorize("client_id", "app", "scope", "openid api://things/Read"));

            assertThat(visit.answer()).containsKey("code");
        }
    }

    @Test
    void config_unknownMember_isNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("authority.json");
        Files.writeString(file, "{\"clients\": [{\"clientId\": \"app\", \"redirectUri\": \"http://localhost\"}]}");

        assertThatThrownBy(() -> LocalAuthority.builder().config(file))
                .hasMessageContaining("authority.json")
                .hasMessageContaining("redirectUri");
    }

    @Test
    void metadata_perTenantAndCommon_namesTheRightIssuer() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.entra(authority, "contoso");
            String path = "/v2.0/.well-known/openid-configuration";

            Answer tenant = client.get(authority.entraAuthority("contoso.example") + path);
            Answer common = client.get(authority.entraAuthority("common") + path);
            Answer unknown = client.get(authority.baseUri() + "/nowhere" + path);

            assertThat(tenant.text("issuer"))
                    .isEqualTo(authority.baseUri() + "/"
                            + authority.tenant("contoso").id() + "/v2.0");
            assertThat(common.text("issuer")).isEqualTo(authority.baseUri() + "/{tenantid}/v2.0");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.text("error")).isEqualTo("invalid_tenant");
        }
    }

    @Test
    void instanceDiscovery_knowsItselfAndNobodyElse() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.entra(authority, "contoso");
            String uri = authority.baseUri() + "/common/discovery/instance?api-version=1.1&authorization_endpoint=";

            Answer known = client.get(uri + authority.entraAuthority("contoso") + "/oauth2/v2.0/authorize");
            Answer foreign = client.get(uri + "https://elsewhere.example/contoso/oauth2/v2.0/authorize");

            assertThat(known.text("tenant_discovery_endpoint"))
                    .isEqualTo(authority.entraAuthority("contoso") + "/v2.0/.well-known/openid-configuration");
            assertThat(known.json().objects("metadata").get(0).strings("aliases"))
                    .containsExactly(authority.baseUri().getAuthority());
            assertThat(foreign.text("error")).isEqualTo("invalid_instance");
        }
    }

    @Test
    void logout_endsSingleSignOn() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.oidc(authority);
            ScriptedPerson alice = authority.person("alice@contoso.example");
            String idToken = client.tokens(alice).text("id_token");
            String logout = authority.oidcIssuer() + "/logout";

            Visit back = alice.visitUpToRedirect(URI.create(logout + "?state=s&id_token_hint=" + idToken
                    + "&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A1234"));
            Visit after = alice.visitUpToRedirect(client.authorize("prompt", "none"));

            assertThat(back.arrivedAt()).contains(URI.create("http://localhost:1234?state=s"));
            assertThat(after.answer()).containsEntry("error", "login_required");
        }
    }

    @Test
    void logout_withoutHint_asksThePersonFirst() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            TestClient client = TestClient.oidc(authority);
            ScriptedPerson alice = authority.person("alice@contoso.example");
            client.tokens(alice);
            URI logout = URI.create(authority.oidcIssuer() + "/logout");

            Visit left = alice.walksAway().visit(logout);
            Visit out = alice.visit(logout);

            assertThat(left.pages()).containsExactly("You are signed out");
            assertThat(out.pages()).containsExactly("sign-out", "You are signed out");
        }
    }

    @Test
    void logout_unregisteredAddress_isAPage() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            Answer answer = TestClient.oidc(authority)
                    .get(authority.oidcIssuer() + "/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.response().body()).contains("is not registered");
        }
    }

    @Test
    void unknownPath_is404() {
        try (LocalAuthority authority = LocalAuthority.start()) {
            assertThat(TestClient.oidc(authority)
                            .get(authority.baseUri() + "/favicon.ico")
                            .status())
                    .isEqualTo(404);
        }
    }
}
