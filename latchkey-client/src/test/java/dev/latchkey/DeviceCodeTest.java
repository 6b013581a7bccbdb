package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in on another device: what is shown, how often is asked, how it ends. */
@Timeout(60)
class DeviceCodeTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualExecutor work = new ManualExecutor();
    private final CompletableFuture<DeviceCodeResponse> shown = new CompletableFuture<>();
    private final Bench bench = Bench.with(it -> it.executor(work));

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void personEntersTheCode_tokenAndAccount() {
        Recorder recorder = Recorder.of(bench.app);
        var pending = begin();
        assertThat(polls()).isZero();
        poll();
        assertThat(pending).isNotDone();
        enterCode();

        poll();

        AuthenticationResult result = Face.join(pending);
        assertThat(bench.app.blocking().activeAccount()).isEqualTo(result.account());
        assertThat(recorder.types())
                .containsExactly(
                        EventType.ACQUIRE_TOKEN_START,
                        EventType.LOGIN_SUCCESS,
                        EventType.ACTIVE_ACCOUNT_CHANGED,
                        EventType.ACQUIRE_TOKEN_SUCCESS);
        assertEnded();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void bothFaces_deliver(Face face) throws Exception {
        try (Bench real = Bench.with(it -> it.scheduler((task, delay) -> {
            task.run();
            return () -> {};
        }))) {
            DeviceCodeRequest request = DeviceCodeRequest.of(
                    Scopes.of("User.Read"),
                    code -> real.idp.person(Bench.ALICE).entersCode(code.verificationUri(), code.userCode()));
            // A scheduler without patience: every deadline and every poll is now.
            assertThatThrownBy(() -> face.deviceCode(real.app, request)).isInstanceOf(AuthException.class);
        }
        try (Bench real = Bench.with(it -> it.scheduler((task, delay) -> {
            if (delay.compareTo(Duration.ofMinutes(1)) < 0) {
                new Thread(task).start();
            }
            return () -> {};
        }))) {
            DeviceCodeRequest request = DeviceCodeRequest.of(
                    Scopes.of("User.Read"),
                    code -> real.idp.person(Bench.ALICE).entersCode(code.verificationUri(), code.userCode()));
            assertThat(face.deviceCode(real.app, request).fromCache()).isFalse();
        }
    }

    @Test
    void whatIsShown_namesPlaceAndCode_andNoSecret() throws Exception {
        var pending = begin();
        DeviceCodeResponse code = shown.get(30, TimeUnit.SECONDS);

        assertThat(code.userCode()).isNotBlank();
        assertThat(code.verificationUri()).hasPath("/device");
        assertThat(code.toString()).doesNotContain(code.deviceCode().reveal());
        pending.cancel(true);
    }

    @Test
    void pollingTooFast_slowsDown() {
        var pending = begin();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(400, "slow_down", "gently"));
        poll();
        assertThat(polls()).isEqualTo(1);

        bench.scheduler.pass(INTERVAL);
        work.runAll();
        assertThat(polls()).as("within ten seconds").isEqualTo(1);
        bench.scheduler.pass(Duration.ofSeconds(5));
        work.runAll();
        assertThat(polls()).isEqualTo(2);
        pending.cancel(true);
    }

    @Test
    void networkFails_waitsLonger_andThenAsBefore() {
        var pending = begin();
        var outage = bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.reset());
        poll();
        bench.scheduler.pass(INTERVAL);
        work.runAll();
        assertThat(outage.timesMet()).as("the pause has doubled").isEqualTo(1);
        bench.scheduler.pass(INTERVAL);
        work.runAll();
        assertThat(outage.timesMet()).isEqualTo(2);
        outage.close();

        bench.scheduler.pass(Duration.ofSeconds(20));
        work.runAll();
        enterCode();
        poll();
        assertThat(Face.join(pending).fromCache()).isFalse();
    }

    @Test
    void keysUnreachable_doNotCostTheCode() {
        var pending = begin();
        enterCode();
        try (var outage = bench.idp.faults().on(Endpoint.KEYS).answer(Fault.reset())) {
            poll();
            assertThat(outage.timesMet()).isPositive();
        }
        bench.scheduler.pass(Duration.ofSeconds(10));
        work.runAll();
        assertThat(Face.join(pending).fromCache()).isFalse();
    }

    @Test
    void serverBusy_isWaitedFor() {
        var pending = begin();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.unavailable(Duration.ofSeconds(30)));
        poll();
        enterCode();
        bench.scheduler.pass(Duration.ofSeconds(29));
        work.runAll();
        assertThat(pending).isNotDone();
        bench.scheduler.pass(Duration.ofSeconds(1));
        work.runAll();
        assertThat(Face.join(pending).fromCache()).isFalse();
    }

    /** Whatever stands in the body: a proxy's page, or an error of a name of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "slow down!", "{\"error\":\"rate_limited\"}", "{\"error\":\"invalid_request\"}"})
    void tooManyRequests_withAnyBody_isWaitedFor(String body) {
        var pending = begin();
        bench.wire.answer("/token", 429, body);
        poll();
        assertThat(pending).isNotDone();
        bench.wire.unscript();
        enterCode();

        poll();

        assertThat(Face.join(pending).fromCache()).isFalse();
    }

    /** RFC 8707 section 2: at both endpoints. */
    @Test
    void resource_isNamedAndWhatTheTokenIsFor() {
        String api = "https://graph.microsoft.com";
        PublicClientApplication app = bench.application(
                it -> it.executor(work).authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC));
        var pending = app.acquireTokenByDeviceCode(DeviceCodeRequest.builder(Scopes.of("openid"), shown::complete)
                .resource(api)
                .build());
        work.runAll();
        enterCode();
        poll();

        AuthenticationResult result = Face.join(pending);

        assertThat(result.resource()).contains(api);
        assertThat(bench.wire.sent().stream().filter(it -> it.form() != null))
                .hasSizeGreaterThan(1)
                .allMatch(it -> api.equals(it.form().get("resource")));
        app.close();
    }

    /** Microsoft's authorities read it in the scopes. */
    @Test
    void resource_forEntra_isInTheScopes() {
        var pending =
                bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.builder(Scopes.of("User.Read"), shown::complete)
                        .resource("https://graph.microsoft.com")
                        .build());
        work.runAll();
        enterCode();
        poll();

        assertThat(Face.join(pending).resource()).contains("https://graph.microsoft.com");
        assertThat(bench.wire.sent().stream().filter(it -> it.form() != null))
                .hasSizeGreaterThan(1)
                .allSatisfy(it -> assertThat(it.form().asMap())
                        .doesNotContainKey("resource")
                        .containsEntry("scope", "https://graph.microsoft.com/User.Read openid profile offline_access"));
    }

    @Test
    void nobodyComes_endsWhenTheCodeExpires() {
        var pending = begin();
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Duration.ofMinutes(15)) < 0;
                passed = passed.plus(INTERVAL)) {
            poll();
        }
        assertThatThrownBy(() -> Face.join(pending)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.DEVICE_CODE_EXPIRED);
            assertThat(e.correlationId()).isPresent();
        });
        assertEnded();
    }

    /** Not that the person was late: perhaps it was not. */
    @Test
    void expiry_whileTheAuthorityCannotAnswer_isToldAsThatWhenItHappens_howeverLongThePause() {
        var pending = begin();
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.unavailable(Duration.ofHours(1)));
        poll();
        bench.scheduler.pass(Duration.ofMinutes(15));
        work.runAll();
        assertThatThrownBy(() -> Face.join(pending))
                .isInstanceOfSatisfying(
                        ServerException.class, e -> assertThat(e.status()).contains(503));
    }

    @Test
    void personRefuses_isTheAuthoritysError() {
        var pending = begin();
        bench.idp.person(Bench.ALICE).refuses().entersCode(code().verificationUri(), code().userCode());
        poll();
        assertThatThrownBy(() -> Face.join(pending)).isInstanceOf(AuthException.class);
        assertEnded();
    }

    @Test
    void cancel_endsThePolling() {
        var pending = begin();
        pending.cancel(true);
        poll();
        assertThat(polls()).isZero();
        assertEnded();
    }

    @Test
    void promptThatThrows_endsTheCall() {
        var pending = bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), code -> {
            throw new IllegalStateException("no terminal");
        }));
        work.runAll();
        assertThatThrownBy(() -> Face.join(pending))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.UNEXPECTED_ERROR));
        assertEnded();
    }

    @Test
    void authorityWithoutDeviceFlow_saysSo() {
        bench.wire.metadata("device_authorization_endpoint", "");
        var pending = bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), code -> {}));
        work.runAll();
        assertThatThrownBy(() -> Face.join(pending)).isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.ENDPOINT_NOT_SUPPORTED);
            assertThat(e.endpoint()).isPresent();
        });
        assertEnded();
    }

    private CompletableFuture<AuthenticationResult> begin() {
        var pending = bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), shown::complete));
        work.runAll();
        assertThat(shown).isCompleted();
        return pending;
    }

    private DeviceCodeResponse code() {
        return shown.getNow(null);
    }

    private void enterCode() {
        bench.idp.person(Bench.ALICE).entersCode(code().verificationUri(), code().userCode());
    }

    private void poll() {
        bench.scheduler.pass(INTERVAL);
        work.runAll();
    }

    private int polls() {
        return bench.wire.sentTo("/token").size();
    }

    private void assertEnded() {
        work.runAll();
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(bench.scheduler.pending()).isZero();
    }
}
