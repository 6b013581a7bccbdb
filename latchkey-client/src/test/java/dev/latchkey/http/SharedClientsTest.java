package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.http.HttpMessage;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedClientsTest {
    private static final Duration SHORT = Duration.ofSeconds(5);

    @Test
    void client_ofTheSameSetup_isOneForAll_andAnotherForAnother() throws Exception {
        SharedClients.Setup setup = SharedClients.Setup.of(context(), ProxySettings.system());
        SharedClients.Setup other = SharedClients.Setup.of(context(), ProxySettings.system());

        HttpClient one = SharedClients.take(setup);
        assertThat(SharedClients.take(setup)).isSameAs(one);
        HttpClient another = SharedClients.take(other);
        assertThat(another).isNotSameAs(one);

        SharedClients.giveBack(setup);
        assertThat(isTerminated(one)).as("still in use").isFalse();
        SharedClients.giveBack(setup);
        SharedClients.giveBack(other);
        if (canBeClosed()) {
            awaitTermination(one);
            assertThat(SharedClients.take(setup)).isNotSameAs(one);
        } else {
            assertThat(SharedClients.take(setup)).as("kept for the next").isSameAs(one);
        }
        SharedClients.giveBack(setup);
    }

    @Test
    void client_madeAndGivenBackManyTimes_isMadeFewTimes() throws Exception {
        Set<HttpClient> made = new HashSet<>();
        SSLContext context = context();
        for (int i = 0; i < 50; i++) {
            SharedClients.Setup setup = SharedClients.Setup.of(context, ProxySettings.system());
            made.add(SharedClients.take(setup));
            SharedClients.giveBack(setup);
        }

        if (!canBeClosed()) {
            assertThat(made).hasSize(1);
        }
        for (HttpClient client : made) {
            assertThat(!canBeClosed() || isTerminated(client) || awaitTermination(client))
                    .isTrue();
        }
    }

    @Test
    void transport_closed_sendsNothing() {
        JdkHttpTransport transport = JdkHttpTransport.create();
        transport.close();
        transport.close();

        assertThatThrownBy(() -> transport.send(HttpMessage.get(URI.create("http://127.0.0.1:1/")), SHORT))
                .isInstanceOf(HttpTransport.NotSentException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void transport_closed_afterUse_sendsNothing() {
        JdkHttpTransport transport = JdkHttpTransport.create();
        HttpMessage message = HttpMessage.get(URI.create("http://127.0.0.1:1/"));
        assertThatThrownBy(() -> transport.send(message, SHORT)).isInstanceOf(HttpTransport.NotSentException.class);

        transport.close();

        assertThatThrownBy(() -> transport.send(message, SHORT)).hasMessageContaining("closed");
    }

    @Test
    void transport_overAClientOfTheApplication_leavesItOpen() throws Exception {
        HttpClient own = HttpClient.newHttpClient();
        JdkHttpTransport.over(own).close();

        assertThat(isTerminated(own)).isFalse();
    }

    private static SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return context;
    }

    private static boolean canBeClosed() {
        return Runtime.version().feature() >= 21;
    }

    private static boolean isTerminated(HttpClient client) throws ReflectiveOperationException {
        return canBeClosed()
                && (boolean) HttpClient.class.getMethod("isTerminated").invoke(client);
    }

    private static boolean awaitTermination(HttpClient client) throws ReflectiveOperationException {
        Method await = HttpClient.class.getMethod("awaitTermination", Duration.class);
        return (boolean) await.invoke(client, Duration.ofSeconds(30));
    }
}
