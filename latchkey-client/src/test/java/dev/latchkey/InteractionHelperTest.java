package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Silent first, and the person only if nothing else helps. */
@Timeout(60)
class InteractionHelperTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Bench bench = Bench.start();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void tokenInTheCache_nobodyIsAsked() {
        Account account = bench.signIn();
        assertThat(Face.join(bench.app.acquireToken(silent("User.Read", account), this::never))
                        .fromCache())
                .isTrue();
    }

    @Test
    void nobodySignedIn_thePersonIsAsked() {
        AuthenticationResult result = Face.join(bench.app.acquireToken(SilentRequest.of("User.Read")));
        assertThat(result.fromCache()).isFalse();
        assertThat(bench.app.blocking().activeAccount()).isEqualTo(result.account());
    }

    @Test
    void interactionRequired_thePersonIsAskedWithTheError() {
        Account account = bench.signIn();
        List<InteractionRequiredAuthException> seen = new ArrayList<>();

        AuthenticationResult result = Face.join(bench.app.acquireToken(silent("Mail.Send", account), required -> {
            seen.add(required);
            return bench.app.acquireTokenPopup(PopupRequest.of("Mail.Send"));
        }));

        assertThat(result.scopes().contains("Mail.Send")).isTrue();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).subError()).contains(ErrorCodes.CONSENT_REQUIRED);
    }

    @Test
    void otherFailure_isPassedOnWithoutAsking() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.unavailable());

        assertThatThrownBy(() -> Face.join(bench.app.acquireToken(silent("User.Read", account), this::never)))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("temporarily_unavailable"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void challengeOfTheServer_isRepeatedToThePerson() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        String claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.answer(
                        400,
                        "application/json",
                        "{\"error\":\"interaction_required\",\"claims\":\"" + claims.replace("\"", "\\\"") + "\"}"));

        Face.join(bench.app.acquireToken(silent("User.Read", account)));

        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).last().satisfies(request -> assertThat(
                        request.parameters())
                .containsEntry("claims", claims)
                .containsEntry("login_hint", account.loginHint().orElseThrow()));
    }

    /** Nobody fails with interaction_in_progress, and the person is asked once. */
    @Test
    void manyCallersAtOnce_oneAsks_theOthersGetTheirTokenSilently() {
        Account account = bench.signIn();
        List<CompletableFuture<AuthenticationResult>> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(
                    Bench.elsewhere(() -> Face.join(bench.app.acquireToken(silent("Mail.Send", account), required -> {
                        asked.incrementAndGet();
                        return bench.app.acquireTokenPopup(PopupRequest.of("Mail.Send"));
                    }))));
        }
        for (CompletableFuture<AuthenticationResult> caller : callers) {
            assertThat(Face.join(caller).scopes().contains("Mail.Send")).isTrue();
        }
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).hasSize(2);
    }

    @Test
    void anotherInteractionRuns_itsEndIsAwaited_andSilentIsTriedAgain() {
        Account account = bench.signIn();
        bench.person(it -> it);
        try (var page = bench.idp.hold(Endpoint.AUTHORIZE)) {
            var other = bench.app.acquireTokenPopup(PopupRequest.of("Mail.Send"));
            page.awaitWaiting(1, SOON);

            var helped = bench.app.acquireToken(silent("Mail.Send", account), this::never);
            assertThat(helped).isNotDone();
            page.release();

            Face.join(other);
            assertThat(Face.join(helped).scopes().contains("Mail.Send")).isTrue();
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void interactionThatThrows_failsTheCall() {
        assertThatThrownBy(() -> bench.app
                        .acquireToken(SilentRequest.of("User.Read"), required -> {
                            throw new IllegalStateException("no window");
                        })
                        .join())
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    private CompletableFuture<AuthenticationResult> never(InteractionRequiredAuthException required) {
        asked.incrementAndGet();
        return CompletableFuture.failedFuture(new AssertionError("nobody was to be asked", required));
    }

    private static SilentRequest silent(String scope, Account account) {
        return SilentRequest.builder(scope).account(account).build();
    }
}
