package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The document's path, from nobody signed in to a token by refresh, against the local authority. */
@Timeout(60)
class FirstPathTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private LocalAuthority idp;
    private PublicClientApplication app;

    @BeforeEach
    void start() {
        idp = LocalAuthority.builder().clock(clock).start();
        app = application();
    }

    @AfterEach
    void stop() {
        app.close();
        idp.close();
    }

    private PublicClientApplication application() {
        ScriptedPerson alice = idp.person("alice@contoso.example");
        return PublicClientApplication.builder("demo-app")
                .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .clock(clock)
                .userAgent(uri -> new Thread(() -> alice.visit(uri)).start())
                .build();
    }

    @Test
    void acquireTokenSilent_nobodySignedIn_asksForInteraction() {
        assertThatThrownBy(() -> app.blocking().acquireTokenSilent(SilentRequest.of("User.Read")))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_ACCOUNT_ERROR));
    }

    @Test
    void popup_thenApi_thenCache_thenRefresh() throws Exception {
        AuthenticationResult signedIn = app.blocking().acquireTokenPopup(PopupRequest.of("User.Read"));
        assertThat(signedIn.fromCache()).isFalse();
        assertThat(callApi(signedIn)).isEqualTo(200);

        Account account = signedIn.account().orElseThrow();
        SilentRequest silent =
                SilentRequest.builder("User.Read").account(account).build();
        AuthenticationResult cached = app.blocking().acquireTokenSilent(silent);
        assertThat(cached.fromCache()).isTrue();
        assertThat(cached.accessToken()).isEqualTo(signedIn.accessToken());

        clock.advance(Duration.ofHours(2));
        AuthenticationResult renewed = app.blocking().acquireTokenSilent(silent);
        assertThat(renewed.fromCache()).isFalse();
        assertThat(renewed.accessToken()).isNotEqualTo(signedIn.accessToken());
        assertThat(callApi(renewed)).isEqualTo(200);
    }

    @Test
    void acquireTokenSilent_scopeWithoutConsent_asksForInteraction() {
        Account account = app.blocking()
                .acquireTokenPopup(PopupRequest.of("User.Read"))
                .account()
                .orElseThrow();
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(SilentRequest.builder("Mail.Send")
                                .account(account)
                                .build()))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void acquireTokenSilent_scopeBeyondTheGrantOfAPlainIssuer_asksForInteraction() {
        ScriptedPerson alice = idp.person("alice@contoso.example");
        try (PublicClientApplication plain = PublicClientApplication.builder("demo-app")
                .authority(idp.oidcIssuer().toString())
                .clock(clock)
                .userAgent(uri -> new Thread(() -> alice.visit(uri)).start())
                .build()) {
            Account account = plain.blocking()
                    .acquireTokenPopup(PopupRequest.of("User.Read"))
                    .account()
                    .orElseThrow();
            SilentRequest.Builder granted = SilentRequest.builder("User.Read").account(account);
            SilentRequest.Builder more = SilentRequest.builder("Mail.Read").account(account);

            assertThatThrownBy(() -> plain.blocking().acquireTokenSilent(more.build()))
                    .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo("invalid_scope"));
            assertThat(plain.blocking()
                            .acquireTokenSilent(granted.forceRefresh().build())
                            .fromCache())
                    .isFalse();
        }
    }

    private int callApi(AuthenticationResult result) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(idp.apiUri() + "/me"))
                .header("Authorization", result.authorizationHeader())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
