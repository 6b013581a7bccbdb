package dev.latchkey.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {
    private static final URI ENDPOINT = URI.create("https://op.example/token");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void none_namesTheClientOnly() throws Exception {
        HttpMessage message = authenticated(ClientAuthentication.none(), "client");

        assertThat(form(message)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "client_id", "client"));
        assertThat(message.headers()).doesNotContainKey("Authorization");
        assertThat(ClientAuthentication.none())
                .as("one object, by which a public client is known")
                .isSameAs(ClientAuthentication.none());
    }

    @Test
    void secretPost_goesIntoTheForm() throws Exception {
        HttpMessage message = authenticated(ClientAuthentication.secretPost(Secret.of("pw-1")), "client");

        assertThat(form(message)).containsEntry("client_id", "client").containsEntry("client_secret", "pw-1");
        assertThat(message.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void secretBasic_oddCharacters_areFormEncodedFirst() throws Exception {
        HttpMessage message = authenticated(ClientAuthentication.secretBasic(Secret.of("p:\u00e4 w")), "cli:ent");

        String header = Objects.requireNonNull(message.headers().get("Authorization"));
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("cli%3Aent:p%3A%C3%A4+w");
        assertThat(form(message)).doesNotContainKeys("client_id", "client_secret");
    }

    @Test
    void secrets_areNotShown() {
        assertThat(ClientAuthentication.secretPost(Secret.of("pw-1")))
                .asString()
                .doesNotContain("pw-1");
        assertThat(ClientAuthentication.secretBasic(Secret.of("pw-1")))
                .asString()
                .doesNotContain("pw-1");
    }

    @Test
    void ownMethod_getsTheRequestTimeAndAnotherIdEachTime() throws Exception {
        ClientAuthentication own = (request, context) -> request.form()
                .set("said", context.issuer() + " " + context.now() + " " + context.uniqueId() + " " + request.uri());

        assertThat(form(authenticated(own, "client")))
                .containsEntry("said", "https://op.example 2026-01-01T00:00:00Z id1 https://op.example/token");
        assertThat(form(authenticated(own, "client")))
                .containsEntry("said", "https://op.example 2026-01-01T00:00:00Z id2 https://op.example/token");
    }

    private HttpMessage authenticated(ClientAuthentication authentication, String clientId) throws Exception {
        HttpMessage.Builder request = HttpMessage.builder(ENDPOINT);
        request.form().set("a", "1");
        authentication.authenticate(
                request,
                new ClientAuthenticationContext(
                        clientId, "https://op.example", ENDPOINT, NOW, () -> "id" + ids.incrementAndGet()));
        return request.build();
    }

    private static Map<String, String> form(HttpMessage message) {
        return Objects.requireNonNull(message.form()).asMap();
    }
}
