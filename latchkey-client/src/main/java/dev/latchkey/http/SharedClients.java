package dev.latchkey.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
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
    private static final Map<Setup, Shared> CLIENTS = new LinkedHashMap<>();

    private SharedClients() {}

    /**
     * What tells one client from another. Trust compares by identity, and so do selectors but our own. A connection through
     * a tunnel belongs to whoever opened it at the proxy, so other credentials are another client.
     */
    record Setup(
            SSLContext trust,
            @Nullable ProxySelector proxies,
            @Nullable ProxyCredentials credentials) {
        static Setup of(@Nullable SSLContext context, ProxySettings proxy) {
            try {
                return new Setup(
                        context == null ? SSLContext.getDefault() : context, proxy.selector(), proxy.credentials());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no TLS", e);
            }
        }
    }

    /** A client, and what it was made from; null if the application made it. */
    record Taken(@Nullable Setup setup, HttpClient client) {
        static Taken of(Setup setup) {
            return new Taken(setup, take(setup));
        }

        void giveBack() {
            if (setup != null) {
                SharedClients.giveBack(setup);
            }
        }

        /** The proxy that a request to that address goes through; null for none. */
        ProxySettings.@Nullable Way wayTo(URI uri) {
            return setup == null
                    ? ProxySettings.wayTo(uri, client.proxy().orElse(null), null)
                    : ProxySettings.wayTo(uri, setup.proxies, setup.credentials);
        }

        /** What to tell that proxy about who is asking. Other selectors than our own are not asked in vain. */
        @Nullable
        ProxyCredentials credentialsFor(URI uri) {
            boolean mayHave = setup != null && (setup.credentials != null || setup.proxies instanceof ProxyRoutes);
            ProxySettings.Way way = mayHave ? wayTo(uri) : null;
            return way == null ? null : way.credentials();
        }
    }

    private static final class Shared {
        final HttpClient client;
        int users;

        Shared(HttpClient client) {
            this.client = client;
        }

        boolean isIdle() {
            return users == 0;
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
        } else {
            CLIENTS.remove(setup);
            CLIENTS.put(setup, shared);
            keepFewIdle();
        }
    }

    /** The one that has been idle longest goes. */
    private static void keepFewIdle() {
        if (CLIENTS.values().stream().filter(Shared::isIdle).count() > MOST_IDLE) {
            CLIENTS.values()
                    .remove(CLIENTS.values().stream()
                            .filter(Shared::isIdle)
                            .findFirst()
                            .orElseThrow());
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
