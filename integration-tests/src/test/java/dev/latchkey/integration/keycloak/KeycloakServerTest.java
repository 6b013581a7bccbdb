package dev.latchkey.integration.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithKeycloak
final class KeycloakServerTest {
    @Test
    void discovery_startedServer_namesTheIssuerItWasAskedFor(KeycloakServer keycloak) throws Exception {
        HttpResponse<String> discovery = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/.well-known/openid-configuration"))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(discovery.statusCode()).isEqualTo(200);
        assertThat(discovery.body())
                .contains("\"issuer\":\"" + keycloak.issuer() + "\"")
                .contains("\"authorization_response_iss_parameter_supported\":true");
    }
}
