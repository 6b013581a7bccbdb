package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Client;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations that have a secret although the program runs on its users' machines, as Google's desktop clients. */
@Timeout(60)
class SecretOfAPublicClientTest {
    private static final String SECRET = "pa55word-of-the-desktop-client-0123456789";

    private final Bench bench = Bench.with(
            authority -> authority.client(
                    Client.confidentialClient("desktop", SECRET).redirectUri("http://localhost")),
            application -> application);

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void secret_isSentByPopupRefreshAndDeviceCode() {
        try (PublicClientApplication app = bench.application("desktop", it -> it.clientSecret(SECRET))) {
            Account account = bench.signIn(app, "User.Read");
            bench.expireAccessTokens();
            SilentRequest silent =
                    SilentRequest.builder("User.Read").account(account).build();
            assertThat(Face.FUTURES.silent(app, silent).fromCache()).isFalse();

            CompletableFuture<DeviceCodeResponse> told = new CompletableFuture<>();
            var pending = app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), told::complete));
            DeviceCodeResponse code = Face.join(told);
            assertThat(pending).isNotDone();
            assertThat(code.userCode()).isNotEmpty();
        }

        assertThat(sent("/token")).isNotEmpty().allMatch(message -> SECRET.equals(formOf(message, "client_secret")));
        assertThat(sent("/devicecode")).hasSize(1).allMatch(message -> SECRET.equals(formOf(message, "client_secret")));
    }

    @Test
    void secretInTheHeader_isSentThere() {
        ClientAuthentication basic = ClientAuthentication.secretBasic(Secret.of(SECRET));
        try (PublicClientApplication app = bench.application("desktop", it -> it.clientAuthentication(basic))) {
            bench.signIn(app, "User.Read");
            bench.expireAccessTokens();
            Account account = Face.join(app.accounts()).get(0);
            Face.FUTURES.silent(
                    app, SilentRequest.builder("User.Read").account(account).build());
        }

        assertThat(sent("/token"))
                .isNotEmpty()
                .allMatch(message -> message.headers().containsKey("Authorization"))
                .allMatch(message -> formOf(message, "client_secret") == null);
    }

    /** A secret that every user has must not vouch for anybody. */
    @Test
    void secret_isNoKeyOfIdTokens() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicClientApplication.builder("desktop")
                .authority("https://op.example", AuthorityKind.OIDC)
                .clientSecret(SECRET)
                .idTokenSignedResponseAlg("HS256")
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "client_secret", "client_assertion", "client_assertion_type", "Client_Secret"})
    void credentials_amongTheExtraParameters_areRefusedAloud(String name) {
        try (PublicClientApplication app = bench.application("desktop", it -> it.clientSecret(SECRET))) {
            Account account = bench.signIn(app, "User.Read");
            Map<String, String> extras = Map.of(name, SECRET);

            refused(() -> Face.FUTURES.popup(
                    app,
                    PopupRequest.builder("User.Read").extraParameters(extras).build()));
            refused(() -> Face.FUTURES.popup(
                    app,
                    PopupRequest.builder("User.Read")
                            .extraQueryParameters(extras)
                            .build()));
            refused(() -> Face.FUTURES.silent(
                    app,
                    SilentRequest.builder("User.Read")
                            .account(account)
                            .extraParameters(extras)
                            .build()));
            assertThat(bench.wire.sent()).isEmpty();
        }
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.MISPLACED_CLIENT_CREDENTIALS))
                .hasMessageNotContaining(SECRET);
    }

    private List<HttpMessage> sent(String path) {
        return bench.wire.sentTo(path);
    }

    private static String formOf(HttpMessage message, String name) {
        return Objects.requireNonNull(message.form()).get(name);
    }
}
