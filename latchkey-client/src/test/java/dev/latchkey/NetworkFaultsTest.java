package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.http.HttpTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks on the way to the authority, and whenever: the call that asks a person fails for the network. */
@Timeout(60)
class NetworkFaultsTest {
    private static final URI CALLBACK = URI.create("http://localhost:4711/callback");
    private static final String METADATA = "/openid-configuration";
    private static final String TOKEN = "/token";
    private static final String KEYS = "/keys";
    private static final String DEVICE = "/devicecode";

    private final ManualExecutor work = new ManualExecutor();
    private final Bench bench = Bench.start();
    private final PublicClientApplication deviceApp = bench.application(it -> it.executor(work));

    @AfterEach
    void stop() {
        deviceApp.close();
        bench.close();
    }

    private static Map<IOException, String> faults() {
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX");
        untrusted.initCause(new CertificateException("unknown CA"));
        return Map.of(
                new HttpTransport.NotSentException(new ConnectException("refused")),
                "no_network_connectivity",
                new HttpTransport.NotSentException(new IOException(new UnresolvedAddressException())),
                "no_network_connectivity",
                untrusted,
                "server_certificate_untrusted",
                new HttpTimeoutException("late"),
                "request_timed_out",
                new HttpTransport.ProxyException("the proxy wants a password", 407, null),
                "proxy_error",
                new IOException("reset"),
                "request_failed");
    }

    static Stream<Arguments> calls() {
        List<Arguments> cases = new ArrayList<>();
        for (Way way : Way.values()) {
            for (String place : way.places) {
                faults().forEach((fault, code) -> cases.add(Arguments.of(way, place, fault, code)));
            }
        }
        return cases.stream();
    }

    /** How a person is asked, and whom a call asks on the way. */
    private enum Way {
        POPUP(METADATA, KEYS, TOKEN) {
            @Override
            void call(NetworkFaultsTest test) {
                Face.FUTURES.popup(test.bench.app, PopupRequest.of("User.Read"));
            }
        },
        REDIRECT(METADATA, KEYS, TOKEN) {
            @Override
            void call(NetworkFaultsTest test) {
                test.redirect();
            }
        },
        DEVICE_CODE(METADATA, DEVICE, KEYS, TOKEN) {
            @Override
            void call(NetworkFaultsTest test) {
                test.deviceCode();
            }
        };

        final String[] places;

        Way(String... places) {
            this.places = places;
        }

        abstract void call(NetworkFaultsTest test);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void fault_atAnyPlace_isTheNetworks(Way way, String place, IOException fault, String code) {
        bench.wire.fail(message -> message.uri().getPath().endsWith(place), fault);

        AuthException failure = catchThrowableOfType(AuthException.class, () -> way.call(this));

        assertThat(failure).isInstanceOf(NetworkException.class);
        assertThat(failure.errorCode()).endsWith(code);
        assertThat(failure.endpoint().orElseThrow().getPath()).endsWith(place);
        assertThat(failure.correlationId()).isPresent();
    }

    /** The person has signed in or not; nobody knows while the authority cannot be asked. */
    @Test
    void authority_backBeforeTheCodeExpires_hasTheLastWord() {
        bench.wire.fail(message -> message.uri().getPath().endsWith(TOKEN), new IOException("reset"));
        CompletableFuture<AuthenticationResult> pending = begun(null, code -> {});
        pass(Duration.ofSeconds(5));
        bench.wire.unscript();
        bench.wire.forget();
        pass(Duration.ofSeconds(10));
        assertThat(bench.wire.sentTo(TOKEN)).hasSize(1);

        pass(Duration.ofHours(1));

        assertThatThrownBy(() -> Face.join(pending))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.DEVICE_CODE_EXPIRED));
    }

    @Test
    void time_overBeforeAnythingWasShown_isTheNetworks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        bench.wire.script((message, real) -> {
            asked.countDown();
            over.await();
            throw new HttpTimeoutException("late");
        });
        CompletableFuture<AuthenticationResult> pending = bench.app.acquireTokenPopup(PopupRequest.of("User.Read"));
        asked.await();

        bench.scheduler.pass(Duration.ofMinutes(6));

        assertThatThrownBy(() -> Face.join(pending))
                .isInstanceOfSatisfying(
                        NetworkException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.REQUEST_TIMED_OUT))
                .hasMessageContaining("before anything was shown");
        over.countDown();
    }

    @Test
    void time_overWhileThePersonIsAsked_isThePersons() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        PublicClientApplication app = bench.application(it -> it.userAgent(page -> shown.countDown()));
        CompletableFuture<AuthenticationResult> popup = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        shown.await();
        bench.scheduler.pass(Duration.ofMinutes(6));
        assertThatThrownBy(() -> Face.join(popup))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.TIMED_OUT));

        CompletableFuture<AuthenticationResult> device = begun(Duration.ofSeconds(7), code -> {});
        pass(Duration.ofSeconds(5));
        assertThat(device).isNotDone();
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> Face.join(device))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.TIMED_OUT))
                .hasMessageContaining("within 7 s");
        app.close();
    }

    private void redirect() {
        Client web = Client.confidentialClient("web", "s3cret").redirectUri(CALLBACK.toString());
        try (LocalAuthority idp =
                        LocalAuthority.builder().clock(bench.clock).client(web).start();
                ConfidentialClientApplication app = ConfidentialClientApplication.builder("web", "s3cret")
                        .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                        .clock(bench.clock)
                        .scheduler(bench.scheduler)
                        .transport(bench.wire)
                        .build()) {
            RedirectSignIn begun = Face.join(app.acquireTokenRedirect(RedirectRequest.of(CALLBACK, "User.Read")));
            Parameters.Builder answer = Parameters.builder();
            idp.person(Bench.ALICE)
                    .visitUpToRedirect(begun.authorizationUri())
                    .answer()
                    .forEach(answer::set);
            Face.join(app.handleRedirect(begun.saved(), answer.build()));
        }
    }

    /** The person enters the code at once; then time passes until the code expires. */
    private void deviceCode() {
        CompletableFuture<AuthenticationResult> pending =
                begun(null, code -> bench.idp.person(Bench.ALICE).entersCode(code.verificationUri(), code.userCode()));
        for (int minute = 0; minute < 30 && !pending.isDone(); minute++) {
            pass(Duration.ofMinutes(1));
        }
        Face.join(pending);
    }

    private CompletableFuture<AuthenticationResult> begun(Duration timeout, Consumer<DeviceCodeResponse> prompt) {
        DeviceCodeRequest request = DeviceCodeRequest.builder(Scopes.of("User.Read"), prompt)
                .timeout(timeout)
                .build();
        CompletableFuture<AuthenticationResult> pending = deviceApp.acquireTokenByDeviceCode(request);
        work.runAll();
        return pending;
    }

    private void pass(Duration time) {
        bench.scheduler.pass(time);
        work.runAll();
    }
}
