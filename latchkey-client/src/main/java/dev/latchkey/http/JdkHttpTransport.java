package dev.latchkey.http;

import dev.latchkey.core.RunningTime;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.http.TlsIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client as a transport. Proxies are the JVM's unless {@link Builder#proxy} says otherwise. Thread-safe.
 *
 * <p>Transports with the same trust and proxies share one client, with its threads and connections. The client is created on first
 * use and, on JDK 21 and newer, closed with the last of them. An older JDK cannot close a client and keeps it for later
 * transports.
 */
public final class JdkHttpTransport implements HttpTransport, AutoCloseable {
    private final @Nullable SSLContext context;
    private final ProxySettings proxy;
    private final @Nullable HttpClient given;
    private volatile SharedClients.@Nullable Taken taken;
    private final Identities identities;
    private boolean closed;

    private JdkHttpTransport(@Nullable SSLContext context, ProxySettings proxy, @Nullable HttpClient given) {
        this.context = context;
        this.proxy = proxy;
        this.given = given;
        this.identities = new Identities(proxy);
    }

    /** Creates a transport with the JVM's trust and proxies; the connect timeout is 10 s. */
    public static JdkHttpTransport create() {
        return builder().build();
    }

    /** Creates a builder of a transport with other trust or proxies. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Like {@link #create()}, but with the trust of the context, for example a company's CA or the local authority's.
     */
    public static JdkHttpTransport trusting(SSLContext context) {
        return builder().trust(context).build();
    }

    /**
     * Creates a transport over a client that the application configures, proxies included, and closes itself.
     *
     * @throws IllegalArgumentException if the client follows redirects, which would send tokens to the redirect target
     */
    public static JdkHttpTransport over(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects (Redirect.NEVER)");
        }
        return new JdkHttpTransport(null, ProxySettings.system(), client);
    }

    /** Builds a {@link JdkHttpTransport}. */
    public static final class Builder {
        private @Nullable SSLContext context;
        private ProxySettings proxy = ProxySettings.system();

        private Builder() {}

        /** Which servers are trusted. Default: the JVM's default context at the time of the first request. */
        public Builder trust(SSLContext value) {
            this.context = value;
            return this;
        }

        /**
         * Which proxies requests go through. Default: {@link ProxySettings#system()}. The environment variables that
         * command line programs take are used with {@link ProxySettings#environment()} only.
         */
        public Builder proxy(ProxySettings value) {
            this.proxy = value;
            return this;
        }

        /** Builds the transport; whoever calls this closes it. */
        public JdkHttpTransport build() {
            return new JdkHttpTransport(context, proxy, null);
        }
    }

    /** Releases the client. Exchanges under way complete normally; later ones fail with {@link NotSentException}. */
    @Override
    public void close() {
        SharedClients.Taken gone;
        synchronized (this) {
            closed = true;
            gone = taken;
            taken = null;
            identities.giveBack();
        }
        if (gone != null) {
            gone.giveBack();
        }
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        SharedClients.Taken taken = clientFor(message);
        HttpRequest request = toRequest(message, taken.credentialsFor(message.uri()));
        HttpResponse<String> response;
        try {
            response = exchange(taken.client(), request, timeout, message.form() != null);
        } catch (IOException e) {
            throw failureOf(e, taken, message.uri());
        }
        if (response.statusCode() == ProxyFailures.AUTHENTICATION_REQUIRED) {
            ProxySettings.Way way = taken.wayTo(message.uri());
            if (way != null) {
                throw ProxyFailures.wantsCredentials(way);
            }
        }
        return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
    }

    private static IOException failureOf(IOException e, SharedClients.Taken taken, URI uri) {
        boolean isUnconnected = e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof UnknownHostException
                || e.getCause() instanceof UnresolvedAddressException
                || e.getCause() instanceof ConnectException;
        ProxySettings.Way way = taken.wayTo(uri);
        if (isUnconnected) {
            return way == null ? new NotSentException(e) : ProxyFailures.unreachable(way, e);
        }
        ProxyException refused = ProxyFailures.ofTunnel(e, way);
        return refused == null ? BoundedBody.unwrap(e) : refused;
    }

    /**
     * Waits for the whole answer, its body included, for as long as this process may run: an answer that arrived while it
     * was stopped counts. What a form asks for may happen as soon as it has left, so its answer is waited for even by a
     * thread that is interrupted, which it stays. That takes a thread for the exchange: the client gives one up when its
     * own is interrupted, and completes futures on the common pool.
     */
    private static HttpResponse<String> exchange(
            HttpClient client, HttpRequest request, Duration timeout, boolean cannotBeUndone)
            throws IOException, InterruptedException {
        RunningTime time = RunningTime.of(timeout.toNanos(), System::nanoTime);
        FutureTask<HttpResponse<String>> answer = new FutureTask<>(() -> client.send(request, BoundedBody::new));
        ExchangeThreads.execute(answer);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(time.nextLook(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (time.isOver() && !answer.isDone()) {
                        throw new HttpTimeoutException("no answer in time");
                    }
                } catch (InterruptedException e) {
                    if (!cannotBeUndone) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failureOf(e);
        } finally {
            answer.cancel(true);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failureOf(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IOException failure) {
            return failure;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return new IOException(cause);
    }

    private SharedClients.Taken clientFor(HttpMessage message) throws IOException {
        TlsIdentity own = message.tlsIdentity();
        if (own == null) {
            return client();
        }
        if (!(own instanceof SslContextIdentity identity)) {
            throw new NotSentException(new IOException("this transport takes TLS identities of SSLContexts only"));
        }
        if (given != null) {
            throw new NotSentException(
                    new IOException("the request needs a TLS identity of its own, which the HTTP client"
                            + " of the application cannot take; let the transport make its clients"));
        }
        synchronized (this) {
            requireOpen();
            return identities.client(identity.context());
        }
    }

    private SharedClients.Taken client() throws NotSentException {
        SharedClients.Taken present = taken;
        return present == null ? firstClient() : present;
    }

    private void requireOpen() throws NotSentException {
        if (closed) {
            throw new NotSentException(new IOException("the transport is closed"));
        }
    }

    private synchronized SharedClients.Taken firstClient() throws NotSentException {
        requireOpen();
        SharedClients.Taken present = taken;
        if (present == null) {
            present = given == null
                    ? SharedClients.Taken.of(SharedClients.Setup.of(context, proxy))
                    : new SharedClients.Taken(null, given);
            taken = present;
        }
        return present;
    }

    /** The client hands the proxy's header to the proxy only, and leaves it out where there is none. */
    private static HttpRequest toRequest(HttpMessage message, @Nullable ProxyCredentials credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.uri());
        message.headers().forEach(request::header);
        if (credentials != null) {
            request.setHeader("Proxy-Authorization", credentials.header());
        }
        Parameters form = message.form();
        if (form == null) {
            return request.GET().build();
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
                .build();
    }
}
