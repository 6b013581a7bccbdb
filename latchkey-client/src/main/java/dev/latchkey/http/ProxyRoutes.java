package dev.latchkey.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which proxy leads to which address: one for http, one for https, and hosts that are reached without. Immutable. */
final class ProxyRoutes extends ProxySelector {
    static final ProxyRoutes NONE = new ProxyRoutes(null, null, DirectHosts.LOOPBACK_ONLY);

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final @Nullable ProxyAddress http;
    private final @Nullable ProxyAddress https;
    private final DirectHosts direct;

    ProxyRoutes(@Nullable ProxyAddress http, @Nullable ProxyAddress https, DirectHosts direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    @Override
    public List<Proxy> select(URI uri) {
        ProxyAddress proxy = to(uri);
        return List.of(proxy == null ? Proxy.NO_PROXY : proxy.proxy());
    }

    /** The proxy for that address; null if it is reached without one. */
    @Nullable
    ProxyAddress to(URI uri) {
        boolean isHttps = "https".equalsIgnoreCase(uri.getScheme());
        ProxyAddress proxy = isHttps ? https : http;
        if (proxy == null || uri.getHost() == null) {
            return null;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : isHttps ? HTTPS_PORT : HTTP_PORT;
        return direct.include(uri.getHost(), port) ? null : proxy;
    }

    ProxyRoutes with(ProxyCredentials credentials) {
        return new ProxyRoutes(
                http == null ? null : http.with(credentials), https == null ? null : https.with(credentials), direct);
    }

    ProxyRoutes except(DirectHosts hosts) {
        return new ProxyRoutes(http, https, hosts);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to choose.
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxyRoutes that
                && Objects.equals(http, that.http)
                && Objects.equals(https, that.https)
                && direct.equals(that.direct);
    }

    @Override
    public int hashCode() {
        return Objects.hash(http, https, direct);
    }

    @Override
    public String toString() {
        return "http by " + name(http) + ", https by " + name(https);
    }

    private static String name(@Nullable ProxyAddress proxy) {
        return proxy == null ? "no proxy" : proxy.toString();
    }
}
