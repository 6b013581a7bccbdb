package dev.latchkey.internal.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.http.HttpTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What went wrong on the way, in words that say what to do. */
class NetworkTest {
    private static final URI ENDPOINT = URI.create("https://op.example/token");

    private static List<Arguments> failures() {
        return List.of(
                failure(handshake(new CertificateException("No subject alternative")), "server_certificate_untrusted"),
                failure(
                        handshake(new RuntimeException(new CertPathValidatorException("no trust anchor"))),
                        "server_certificate_untrusted"),
                failure(handshake(new SocketException("reset")), "post_request_failed"),
                failure(new HttpTransport.NotSentException(new ConnectException()), "no_network_connectivity"),
                failure(new HttpTimeoutException("late"), "request_timed_out"),
                failure(new HttpTransport.ProxyException("no way", 403, null), "proxy_error"),
                failure(new IOException("broke"), "post_request_failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_ofTheConnection_hasTheCodeOfItsReason(IOException failure, String code) {
        Network network = network((message, timeout) -> {
            throw failure;
        });

        assertThatThrownBy(() -> network.send(HttpMessage.post(ENDPOINT, Parameters.NONE), "call-1"))
                .isInstanceOfSatisfying(NetworkException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e.endpoint()).contains(ENDPOINT);
                    assertThat(e.correlationId()).contains("call-1");
                });
    }

    @Test
    void certificate_thatIsNotTrusted_saysHowToTrustIt() {
        Network network = network((message, timeout) -> {
            throw handshake(new CertificateException("unknown CA"));
        });

        assertThatThrownBy(() -> network.send(HttpMessage.get(ENDPOINT), "call-1"))
                .hasMessageContaining("not trusted")
                .hasMessageContaining("JdkHttpTransport.trusting")
                .hasMessageContaining("--ca-certificate");
    }

    /** The authority never answers so, and has not seen the request. */
    @Test
    void proxy_thatWantsCredentials_isNamed() {
        Network network = network((message, timeout) -> new HttpAnswer(407, Map.of(), "Proxy!"));

        assertThatThrownBy(() -> network.send(HttpMessage.post(ENDPOINT, Parameters.NONE), "call-1"))
                .isInstanceOfSatisfying(
                        NetworkException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.PROXY_ERROR))
                .hasMessageContaining("a proxy requires authentication (407)");
    }

    private static Arguments failure(IOException failure, String code) {
        return Arguments.of(failure, code);
    }

    private static IOException handshake(Exception cause) {
        SSLHandshakeException failure = new SSLHandshakeException("handshake failed");
        failure.initCause(cause);
        return failure;
    }

    private static Network network(HttpTransport transport) {
        return new Network(transport, Duration.ofSeconds(5));
    }
}
