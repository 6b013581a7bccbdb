package dev.latchkey.authority.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Carries requests to a service. The port is known before the service is, so that the service can know its address. */
public final class JettyServer implements AutoCloseable {
    // Longer than any test holds an answer back.
    private static final long IDLE_MILLIS = 300_000;
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final System.Logger LOG = System.getLogger(JettyServer.class.getName());

    private final Server server;
    private final ServerConnector connector;

    private JettyServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Takes the port, without answering yet. Port 0 takes a free one. */
    public static JettyServer bind(String host, int port, Optional<SSLContext> tls) {
        QueuedThreadPool threads = new QueuedThreadPool(200, 4);
        threads.setName("local-authority");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = connector(server, tls);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
        }
        return new JettyServer(server, connector);
    }

    /** The port taken. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Begins to answer. */
    public void start(HttpService service) {
        server.setHandler(new ServiceHandler(service));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    private static ServerConnector connector(Server server, Optional<SSLContext> tls) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        if (tls.isEmpty()) {
            return new ServerConnector(server, 1, 1, http);
        }
        // Clients of a test come by 127.0.0.1 as well, which no SNI names.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.get());
        ssl.setSniRequired(false);
        return new ServerConnector(server, 1, 1, new SslConnectionFactory(ssl, "http/1.1"), http);
    }

    private static final class ServiceHandler extends Handler.Abstract {
        private final HttpService service;

        ServiceHandler(HttpService service) {
            this.service = service;
        }

        @Override
        public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback)
                throws IOException {
            byte[] body = Content.Source.asInputStream(request).readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                write(Reply.text(413, "text/plain", "The request body is too large."), response, callback);
            } else {
                answer(read(request, body), response, callback);
            }
            return true;
        }

        private void answer(Request request, Response response, Callback callback) {
            stage(request).whenComplete((reply, failure) -> {
                if (failure == null) {
                    write(reply, response, callback);
                } else {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "answering " + PrintableText.of(request.path()) + " failed",
                            PrintableFailure.of(failure));
                    write(Reply.text(500, "text/plain", "The authority failed; see its log."), response, callback);
                }
            });
        }

        private CompletionStage<Reply> stage(Request request) {
            try {
                return service.answer(request);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private static Request read(org.eclipse.jetty.server.Request request, byte[] body) {
            Map<String, String> headers = new HashMap<>();
            for (HttpField field : request.getHeaders()) {
                headers.merge(field.getName().toLowerCase(Locale.ROOT), field.getValue(), (a, b) -> a + ", " + b);
            }
            headers.put(Request.FROM_THIS_MACHINE, String.valueOf(isLocal(request)));
            String query = request.getHttpURI().getQuery();
            boolean form = headers.getOrDefault("content-type", "")
                    .toLowerCase(Locale.ROOT)
                    .startsWith("application/x-www-form-urlencoded");
            return new Request(
                    request.getMethod(),
                    String.valueOf(request.getHttpURI().getDecodedPath()),
                    headers,
                    query == null ? Params.NONE : Params.parse(query),
                    form ? Params.parse(new String(body, UTF_8)) : Params.NONE,
                    form ? "" : new String(body, UTF_8));
        }

        private static boolean isLocal(org.eclipse.jetty.server.Request request) {
            return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                    && remote.getAddress() != null
                    && remote.getAddress().isLoopbackAddress();
        }

        private static void write(Reply reply, Response response, Callback callback) {
            if (reply.delivery() == Reply.Delivery.NONE) {
                Connections.reset(response);
                callback.failed(new EofException("reset on purpose"));
                return;
            }
            response.setStatus(reply.status());
            reply.headers()
                    .forEach((name, values) ->
                            values.forEach(value -> response.getHeaders().add(name, value)));
            byte[] body = "HEAD".equals(response.getRequest().getMethod()) ? new byte[0] : reply.body();
            if (reply.delivery() == Reply.Delivery.HALF) {
                response.getHeaders().put("Content-Length", String.valueOf(body.length));
                Callback broken = Callback.from(() -> Connections.reset(response), failure -> {});
                ByteBuffer half = ByteBuffer.wrap(Arrays.copyOf(body, body.length / 2));
                response.write(false, half, Callback.from(broken, () -> callback.failed(new EofException("half"))));
                return;
            }
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
