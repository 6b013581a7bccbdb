package dev.latchkey.http;

import dev.latchkey.core.RunningTime;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.http.TlsIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
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
 * The JDK's HTTP client as a transport. Proxies come from the JVM's default {@link ProxySelector}. Thread-safe.
 *
 * <p>Transports with the same trust share one client, with its threads and connections. The client is created on first
 * use and, on JDK 21 and newer, closed with the last of them. An older JDK cannot close a client and keeps it for later
 * transports.
 */
public final class JdkHttpTransport implements HttpTransport, AutoCloseable {
    private final @Nullable SSLContext context;
    private final @Nullable HttpClient given;
    private SharedClients.@Nullable Setup taken;
    private volatile @Nullable HttpClient client;
    private final Identities identities = new Identities();
    private boolean closed;

    private JdkHttpTransport(@Nullable SSLContext context, @Nullable HttpClient given) {
        this.context = context;
        this.given = given;
    }

    /** Creates a transport with the JVM's trust and proxies; the connect timeout is 10 s. */
    public static JdkHttpTransport create() {
        return new JdkHttpTransport(null, null);
    }

    /**
     * Like {@link #create()}, but with the trust of the context, for example a company's CA or the local authority's.
     */
    public static JdkHttpTransport trusting(SSLContext context) {
        return new JdkHttpTransport(context, null);
    }

    /**
     * Creates a transport over a client that the application configures and closes itself.
     *
     * @throws IllegalArgumentException if the client follows redirects, which would send tokens to the redirect target
     */
    public static JdkHttpTransport over(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects (Redirect.NEVER)");
        }
        return new JdkHttpTransport(null, client);
    }

    /** Releases the client. Exchanges under way complete normally; later ones fail with {@link NotSentException}. */
    @Override
    public void close() {
        SharedClients.Setup gone;
        synchronized (this) {
            closed = true;
            client = null;
            gone = taken;
            taken = null;
            identities.giveBack();
        }
        if (gone != null) {
            SharedClients.giveBack(gone);
        }
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        try {
            HttpResponse<String> response =
                    exchange(clientFor(message), toRequest(message), timeout, message.form() != null);
            return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException | UnknownHostException e) {
            throw new NotSentException(e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnresolvedAddressException || e.getCause() instanceof ConnectException
                    ? new NotSentException(e)
                    : BoundedBody.unwrap(e);
        }
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

    private HttpClient clientFor(HttpMessage message) throws IOException {
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

    private HttpClient client() throws NotSentException {
        HttpClient present = client;
        return present == null ? firstClient() : present;
    }

    private void requireOpen() throws NotSentException {
        if (closed) {
            throw new NotSentException(new IOException("the transport is closed"));
        }
    }

    private synchronized HttpClient firstClient() throws NotSentException {
        requireOpen();
        HttpClient present = client == null ? given : client;
        if (present == null) {
            SharedClients.Setup setup = SharedClients.Setup.of(context);
            present = SharedClients.take(setup);
            taken = setup;
        }
        client = present;
        return present;
    }

    private static HttpRequest toRequest(HttpMessage message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.uri());
        message.headers().forEach(request::header);
        Parameters form = message.form();
        if (form == null) {
            return request.GET().build();
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
                .build();
    }
}
