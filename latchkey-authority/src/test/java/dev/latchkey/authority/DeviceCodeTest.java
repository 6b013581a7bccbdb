package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceCodeTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final VirtualClock clock = VirtualClock.atPresent();
    private final LocalAuthority idp = LocalAuthority.builder().clock(clock).start();
    private final TestClient entra = TestClient.entra(idp, "contoso");
    private final TestClient oidc = TestClient.oidc(idp);

    @AfterEach
    void stop() {
        idp.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void device_personEntersTheCode_tokens(boolean atEntra) {
        Answer device = begin(atEntra);
        TestClient client = atEntra ? entra : oidc;
        assertThat(device.status()).isEqualTo(200);
        assertThat(poll(client, device).text("error")).isEqualTo("authorization_pending");

        Visit visit = alice().entersCode(verificationUri(device), device.text("user_code"));
        clock.advance(Duration.ofSeconds(5));
        Answer tokens = poll(client, device);

        assertThat(visit.pages()).containsExactly("user-code", "sign-in", "consent", "You have signed in");
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.json().names()).contains("access_token", "refresh_token", "id_token");
        assertThat(client.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(poll(client, device).status()).isEqualTo(400);
    }

    @Test
    void answer_atEntra_hasTheMessage_atOidc_theCompleteUri() {
        assertThat(begin(true).text("message"))
                .contains("/device")
                .contains(begin(true).text("verification_uri"));
        Answer plain = begin(false);
        assertThat(plain.text("verification_uri_complete")).endsWith("?user_code=" + plain.text("user_code"));
        assertThat(plain.json().number("interval")).isEqualTo(5);
        assertThat(plain.json().has("message")).isFalse();
    }

    @Test
    void polledTooFast_slowsDown_andTheIntervalGrows() {
        Answer device = begin(false);
        poll(oidc, device);
        assertThat(poll(oidc, device).text("error")).isEqualTo("slow_down");
        clock.advance(Duration.ofSeconds(9));
        assertThat(poll(oidc, device).text("error")).isEqualTo("slow_down");
        clock.advance(Duration.ofSeconds(15));
        assertThat(poll(oidc, device).text("error")).isEqualTo("authorization_pending");
    }

    @Test
    void personRefuses_isToldInEachDialect() {
        Answer atEntra = begin(true);
        Answer atOidc = begin(false);

        Visit visit = alice().refuses().entersCode(verificationUri(atEntra), atEntra.text("user_code"));
        alice().refuses().entersCode(verificationUri(atOidc), atOidc.text("user_code"));

        assertThat(visit.pages()).endsWith("You have not signed in");
        assertThat(poll(entra, atEntra).text("error")).isEqualTo("authorization_declined");
        assertThat(poll(oidc, atOidc).text("error")).isEqualTo("access_denied");
    }

    @Test
    void codes_expire() {
        Answer device = begin(true);
        clock.advance(Duration.ofMinutes(15));

        Visit visit = alice().entersCode(verificationUri(device), device.text("user_code"));

        assertThat(visit.pages()).containsExactly("user-code", "user-code");
        assertThat(poll(entra, device).text("error")).isEqualTo("expired_token");
    }

    @Test
    void wrongCode_isAskedAgain() {
        assertThat(alice().entersCode(URI.create(idp.baseUri() + "/device"), "NO SUCH CODE")
                        .pages())
                .containsExactly("user-code", "user-code");
    }

    @Test
    void codeTypedInLowerCase_isUnderstood() {
        Answer device = begin(false);
        String typed =
                device.text("user_code").toLowerCase(java.util.Locale.ROOT).replace('-', ' ');

        assertThat(alice().entersCode(verificationUri(device), typed).pages()).endsWith("You have signed in");
    }

    @Test
    void code_ofAnotherClient_isUnknown() {
        Answer device = begin(true);
        Answer answer = entra.post(
                entra.tokenUri,
                Map.of("grant_type", GRANT, "client_id", "other-app", "device_code", device.text("device_code")));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void formPostedFromElsewhere_onlyAsksAgain() {
        Answer device = begin(false);
        Answer answer = oidc.post(idp.baseUri() + "/device", Map.of("user_code", device.text("user_code")));

        assertThat(answer.response().body()).contains("too old");
    }

    private ScriptedPerson alice() {
        return idp.person("alice@contoso.example");
    }

    private static URI verificationUri(Answer device) {
        return URI.create(device.text("verification_uri"));
    }

    private Answer begin(boolean atEntra) {
        String uri = atEntra
                ? idp.entraAuthority("contoso") + "/oauth2/v2.0/devicecode"
                : idp.oidcIssuer() + "/device_authorization";
        return oidc.post(uri, Map.of("client_id", "demo-app", "scope", "openid profile offline_access User.Read"));
    }

    private Answer poll(TestClient client, Answer device) {
        return client.post(
                client.tokenUri,
                Map.of("grant_type", GRANT, "client_id", "demo-app", "device_code", device.text("device_code")));
    }
}
