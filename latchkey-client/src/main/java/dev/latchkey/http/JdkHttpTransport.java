package dev.latchkey.http;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP client as a transport. Proxies come from the JVM's default {@link java.net.ProxySelector}. */
public final class JdkHttpTransport implements HttpTransport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<HttpClient> source;
    private volatile @Nullable HttpClient client;

    /** The client is made when it is first needed: a program that finds its token in the cache never needs it. */
    private JdkHttpTransport(Supplier<HttpClient> source) {
        this.source = source;
    }

    /** A transport with the JVM's trust and proxies; connecting may take 10 s. */
    public static JdkHttpTransport create() {
        return new JdkHttpTransport(() -> base(null).build());
    }

    /** As {@link #create()}, trusting what the context trusts: a company's CA, the local authority's. */
    public static JdkHttpTransport trusting(SSLContext context) {
        return new JdkHttpTransport(() -> base(context).build());
    }

    /**
     * A transport over a client the application set up itself.
     *
     * @throws IllegalArgumentException if the client follows redirects: tokens would follow them too
     */
    public static JdkHttpTransport over(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects (Redirect.NEVER)");
        }
        return new JdkHttpTransport(() -> client);
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        try {
            HttpResponse<String> response = client().send(toRequest(message, timeout), BoundedBody.within(timeout));
            return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException | UnknownHostException e) {
            throw new NotSentException(e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnresolvedAddressException || e.getCause() instanceof ConnectException
                    ? new NotSentException(e)
                    : BoundedBody.unwrap(e);
        }
    }

    private HttpClient client() {
        HttpClient present = client;
        if (present == null) {
            synchronized (this) {
                present = client;
                if (present == null) {
                    present = source.get();
                    client = present;
                }
            }
        }
        return present;
    }

    private static HttpRequest toRequest(HttpMessage message, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.uri()).timeout(timeout);
        message.headers().forEach(request::header);
        Parameters form = message.form();
        if (form == null) {
            return request.GET().build();
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
                .build();
    }

    private static HttpClient.Builder base(@Nullable SSLContext context) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT);
        return context == null ? builder : builder.sslContext(context);
    }
}
