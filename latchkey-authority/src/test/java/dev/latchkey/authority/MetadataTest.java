package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.realm.Addresses;
import dev.latchkey.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetadataTest {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    @Test
    void authorizationServerMetadata_ofAnIssuerWithPath_isBetweenHostAndPath() {
        try (LocalAuthority idp = LocalAuthority.start()) {
            TestClient client = TestClient.oidc(idp);

            Answer found = client.get(idp.baseUri() + OAUTH + "/oidc");

            assertThat(found.status()).isEqualTo(200);
            assertThat(found.text("issuer")).isEqualTo(idp.oidcIssuer().toString());
            assertThat(found.json().asMap())
                    .isEqualTo(client.get(idp.oidcIssuer() + OPENID).json().asMap());
            for (String elsewhere :
                    List.of("/oidc" + OAUTH, OAUTH, OAUTH + "/", OAUTH + "/contoso", OAUTH + "/oidc/")) {
                assertThat(client.get(idp.baseUri() + elsewhere).status())
                        .as(elsewhere)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void issuerWithoutPath_hasBothDocumentsAtTheRoot_andWorks() {
        try (LocalAuthority idp = LocalAuthority.builder().issuerWithoutPath().start()) {
            TestClient client = TestClient.oidc(idp);

            assertThat(idp.oidcIssuer()).isEqualTo(idp.baseUri());
            assertThat(client.get(idp.baseUri() + OAUTH).text("issuer"))
                    .isEqualTo(idp.baseUri().toString());
            assertThat(client.get(idp.baseUri() + OPENID).text("token_endpoint"))
                    .isEqualTo(idp.baseUri() + "/token");
            assertThat(client.get(idp.baseUri() + "/oidc" + OPENID).status()).isEqualTo(404);
            Answer tokens = client.tokens(idp);
            assertThat(TestClient.claims(tokens.text("id_token")))
                    .containsEntry("iss", idp.baseUri().toString());
            assertThat(client.get(idp.apiUri() + "/me", "Authorization", "Bearer " + tokens.text("access_token"))
                            .status())
                    .isEqualTo(200);
            assertThat(TestClient.entra(idp, "contoso").tokens(idp).status()).isEqualTo(200);
        }
    }

    @Test
    void listsOfMetadata_haveTheMostUsualFirst() {
        try (LocalAuthority idp = LocalAuthority.start()) {
            for (URI authority : List.of(idp.oidcIssuer(), URI.create(idp.entraAuthority("contoso") + "/v2.0"))) {
                JsonObject metadata =
                        TestClient.oidc(idp).get(authority + OPENID).json();

                assertThat(metadata.strings("token_endpoint_auth_methods_supported"))
                        .containsExactly("client_secret_basic", "client_secret_post", "private_key_jwt", "none");
                assertThat(metadata.strings("token_endpoint_auth_signing_alg_values_supported"))
                        .containsExactly("RS256", "PS256", "ES256", "ES384", "ES512");
                for (Map.Entry<String, String> first : Map.of(
                                "response_types_supported", "code",
                                "response_modes_supported", "query",
                                "grant_types_supported", "authorization_code",
                                "scopes_supported", "openid",
                                "id_token_signing_alg_values_supported", "RS256")
                        .entrySet()) {
                    assertThat(metadata.strings(first.getKey())).startsWith(first.getValue());
                }
            }
            JsonObject plain =
                    TestClient.oidc(idp).get(idp.oidcIssuer() + OPENID).json();
            assertThat(plain.strings("revocation_endpoint_auth_methods_supported"))
                    .startsWith("client_secret_basic")
                    .endsWith("none");
            assertThat(plain.strings("introspection_endpoint_auth_methods_supported"))
                    .containsExactly("client_secret_basic", "client_secret_post", "private_key_jwt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 443, https://idp.example",
        "true, 80, https://idp.example:80",
        "false, 80, http://idp.example",
        "false, 443, http://idp.example:443",
        "true, 8443, https://idp.example:8443",
    })
    void address_leavesTheDefaultPortOut(boolean https, int port, String expected) {
        String address = Addresses.of(https, "idp.example", port);

        assertThat(address).isEqualTo(expected);
        assertThat(Addresses.port(URI.create(address))).isEqualTo(port);
        assertThat(Addresses.authority(URI.create(expected + "/path")))
                .isEqualTo(expected.substring(expected.indexOf("//") + 2));
    }

    @Test
    void addressWithTheDefaultPort_isTheSameAuthority() {
        assertThat(Addresses.authority(URI.create("https://IDP.example:443/x"))).isEqualTo("idp.example");
        assertThat(Addresses.authority(URI.create("http://idp.example:443"))).isEqualTo("idp.example:443");
        assertThat(Addresses.authority(URI.create("urn:no-host"))).isEmpty();
    }

    @Test
    void defaultPort_isInNoIssuerAndNoEndpoint() {
        try (LocalAuthority idp = atDefaultPort()) {
            String oidc = TestClient.oidc(idp)
                    .get(idp.oidcIssuer() + OPENID)
                    .response()
                    .body();
            String entra = TestClient.oidc(idp)
                    .get(idp.entraAuthority("contoso") + "/v2.0" + OPENID)
                    .response()
                    .body();

            assertThat(oidc + entra).doesNotContain(":80");
            assertThat(idp.baseUri()).hasToString("http://127.0.0.1");
            assertThat(TestClient.oidc(idp).tokens(idp).status()).isEqualTo(200);
        }
    }

    private static LocalAuthority atDefaultPort() {
        try {
            return LocalAuthority.builder().port(80).start();
        } catch (UncheckedIOException notAllowed) {
            return Assumptions.abort("port 80 cannot be taken here: " + notAllowed.getMessage());
        }
    }
}
