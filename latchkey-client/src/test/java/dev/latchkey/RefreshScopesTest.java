package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Authorities that refuse {@code scope} at a refresh, where it is optional (RFC 6749 section 6). */
@Timeout(60)
class RefreshScopesTest {
    private static final String NONE = "no scope sent";

    private final Bench bench = Bench.start();
    private PublicClientApplication app;

    @BeforeEach
    void open() {
        app = bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC));
    }

    @AfterEach
    void stop() {
        app.close();
        bench.close();
    }

    @Test
    void scopeRefused_isLeftOutAndRememberedForTheIssuer() {
        Account account = bench.signIn(app, "User.Read", "Mail.Read");
        refuseScopes();
        bench.expireAccessTokens();

        assertThat(silent(account, "User.Read").fromCache()).isFalse();
        assertThat(scopesSent()).containsExactly("User.Read openid profile offline_access", NONE);
        assertThat(silent(account, "Mail.Read").fromCache())
                .as("granted with it")
                .isTrue();

        bench.wire.forget();
        bench.expireAccessTokens();
        assertThat(silent(account, "User.Read").fromCache()).isFalse();
        assertThat(scopesSent()).containsExactly(NONE);
    }

    /** The answer need not say what it grants, if that is the same as before. */
    @Test
    void answerThatNamesNoScopes_grantsWhatWasGrantedBeforeAndNoMore() {
        Account account = bench.signIn(app, "User.Read", "Mail.Read");
        refuseScopes();
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.without("scope"));
        bench.expireAccessTokens();

        AuthenticationResult result = silent(account, "User.Read");

        assertThat(result.scopes().values()).contains("User.Read", "Mail.Read").doesNotContain("Mail.Send");
        assertThat(silent(account, "Mail.Read").fromCache()).isTrue();
    }

    @Test
    void requestForMoreThanWasGranted_asksThePersonAtOnce() {
        Account account = bench.signIn(app, "User.Read");
        refuseScopes();

        assertThatThrownBy(() -> silent(account, "Mail.Send"))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("invalid_scope"));
        assertThat(scopesSent()).hasSize(1).doesNotContain(NONE);
    }

    /** The refresh token is the second sign-in's, whatever the first was granted. */
    @Test
    void scopesOfAnEarlierSignIn_areNotTakenForGranted() {
        Account account = bench.signIn(app, "User.Read");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.signIn(app, "Mail.Read");
        refuseScopes();
        bench.expireAccessTokens();

        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(scopesSent()).hasSize(1).doesNotContain(NONE);
    }

    /** Nothing tells what was granted: the answer does, and one that grants less is stored, but does not serve the call. */
    @Test
    void answerThatGrantsLessThanAsked_asksThePersonAndLosesNothing() {
        Face.FUTURES.popup(
                app,
                PopupRequest.builder("User.Read")
                        .storeInCache(new StoreInCache(false, true, true))
                        .build());
        bench.wire.forget();
        Account account = Face.join(app.accounts()).get(0);
        refuseScopes();

        assertThatThrownBy(() -> silent(account, "Mail.Send"))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("invalid_scope"));

        assertThat(silent(account, "User.Read").fromCache())
                .as("what came instead")
                .isTrue();
        bench.wire.forget();
        bench.expireAccessTokens();
        assertThat(silent(account, "User.Read").fromCache()).isFalse();
        assertThat(scopesSent()).as("nothing was learned from that").hasSize(2);
    }

    @Test
    void refusalWithoutScopeToo_asksThePersonAndKeepsTheRefreshToken() {
        Account account = bench.signIn(app, "User.Read");
        bench.expireAccessTokens();
        bench.wire.answer("/token", 400, "{\"error\":\"invalid_scope\"}");

        assertThatThrownBy(() -> silent(account, "User.Read")).isInstanceOf(InteractionRequiredAuthException.class);

        bench.wire.unscript();
        bench.wire.forget();
        bench.clock.advance(Duration.ofMinutes(2));
        assertThat(silent(account, "User.Read").fromCache()).isFalse();
        assertThat(scopesSent()).as("nothing was learned from that").doesNotContain(NONE);
    }

    /** Entra ID tells by the scope which API a token is for. */
    @Test
    void scopeRefusedByEntra_isNotLeftOut() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        refuseScopes();

        assertThatThrownBy(() -> Face.FUTURES.silent(
                        bench.app,
                        SilentRequest.builder("User.Read").account(account).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(scopesSent()).hasSize(1).doesNotContain(NONE);
    }

    private void refuseScopes() {
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .when(request -> request.parameter("scope").isPresent())
                .answer(Fault.error(400, "invalid_scope", "scope must not be given"));
    }

    private List<String> scopesSent() {
        return bench.wire.sentTo("/token").stream()
                .map(message -> Objects.requireNonNull(message.form()))
                .map((Parameters form) -> Objects.toString(form.get("scope"), NONE))
                .toList();
    }

    private AuthenticationResult silent(Account account, String scope) {
        return Face.FUTURES.silent(
                app, SilentRequest.builder(scope).account(account).build());
    }
}
