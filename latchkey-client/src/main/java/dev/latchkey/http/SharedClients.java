package dev.latchkey.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One client for all transports with the same trust and proxies: each has threads and descriptors of its own. It is closed
 * with the last of them. Before JDK 21 a client cannot be closed and lives until it is collected: there those that nobody
 * uses are kept for the next who does, at most {@value #MOST_IDLE}.
 */
final class SharedClients {
    static final int MOST_IDLE = 4;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final @Nullable MethodHandle SHUTDOWN = shutdown();
    private static final Map<Setup, Shared> CLIENTS = new HashMap<>();

    private SharedClients() {}

    /** What tells one client from another; both compare by identity. */
    record Setup(SSLContext trust, @Nullable ProxySelector proxies) {
        static Setup of(@Nullable SSLContext context) {
            try {
                return new Setup(context == null ? SSLContext.getDefault() : context, ProxySelector.getDefault());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no TLS", e);
            }
        }
    }

    private static final class Shared {
        final HttpClient client;
        int users;

        Shared(HttpClient client) {
            this.client = client;
        }
    }

    /** A client to be given back. */
    static synchronized HttpClient take(Setup setup) {
        Shared shared = CLIENTS.computeIfAbsent(setup, unused -> new Shared(newClient(setup)));
        shared.users++;
        return shared.client;
    }

    /** Exchanges that are under way still end. */
    static synchronized void giveBack(Setup setup) {
        Shared shared = CLIENTS.get(setup);
        if (shared == null || --shared.users > 0) {
            return;
        }
        if (SHUTDOWN != null) {
            CLIENTS.remove(setup);
            shutDown(SHUTDOWN, shared.client);
        } else if (CLIENTS.values().stream().filter(other -> other.users == 0).count() > MOST_IDLE) {
            CLIENTS.remove(setup);
        }
    }

    private static HttpClient newClient(Setup setup) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(setup.trust());
        return setup.proxies() == null
                ? builder.build()
                : builder.proxy(setup.proxies()).build();
    }

    private static @Nullable MethodHandle shutdown() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdown", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static void shutDown(MethodHandle shutdown, HttpClient client) {
        try {
            shutdown.invoke(client);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("HttpClient.shutdown declares no exception", e);
        }
    }
}
