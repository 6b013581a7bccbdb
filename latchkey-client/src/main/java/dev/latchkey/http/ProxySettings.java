package dev.latchkey.http;

import dev.latchkey.core.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP proxy requests go through, and as whom; for {@link JdkHttpTransport.Builder#proxy}. Immutable.
 *
 * <p>Requests to https addresses go through a tunnel (CONNECT, RFC 9110 section 9.3.6): the proxy sees host and port only.
 * SOCKS proxies and TLS to the proxy itself are not supported.
 *
 * <p>A proxy may want a user name and a password, by the scheme Basic (RFC 7617). They are sent to the proxy only. The JDK
 * withholds Basic from tunnels unless the JVM is started with {@code -Djdk.http.auth.tunneling.disabledSchemes=} (an empty
 * value); the property is read once, with the JVM's first HTTP client.
 */
public final class ProxySettings {
    private static final ProxySettings NONE = new ProxySettings(ProxyRoutes.NONE, null);
    private static final ProxySettings SYSTEM = new ProxySettings(null, null);

    private final @Nullable ProxySelector selector;
    private final @Nullable ProxyCredentials credentials;

    private ProxySettings(@Nullable ProxySelector selector, @Nullable ProxyCredentials credentials) {
        this.selector = selector;
        this.credentials = credentials;
    }

    /** No proxy, whatever the JVM or the environment says. */
    public static ProxySettings none() {
        return NONE;
    }

    /**
     * The JVM's: {@link ProxySelector#getDefault()} at the time of the first request. Unless the program has replaced it,
     * it reads the system properties {@code https.proxyHost}, {@code https.proxyPort} and {@code http.nonProxyHosts}, and
     * the settings of the desktop if {@code java.net.useSystemProxies} is {@code true}. This is the default of a transport.
     */
    public static ProxySettings system() {
        return SYSTEM;
    }

    /** Like {@link #environment(Map)}, with the environment of this process. */
    public static ProxySettings environment() {
        return environment(System.getenv());
    }

    /**
     * The proxies that environment variables name, as command line programs take them: {@code https_proxy} and {@code
     * http_proxy}, else {@code all_proxy}, but for the hosts in {@code no_proxy}. The same in capital letters is used where
     * there is no such variable in small ones; {@code HTTP_PROXY} not in a CGI program, where others on the network could
     * set it. See {@link #of(String)} for the form of an address and {@link #withoutProxyFor} for that of the hosts. No
     * variable: no proxy.
     *
     * @throws IllegalArgumentException if a variable that counts is not the address of a proxy that can be used; the
     *     message names the variable and not its value, which may hold a password
     */
    public static ProxySettings environment(Map<String, String> variables) {
        return new ProxySettings(new ProxyEnvironment(variables).routes(), null);
    }

    /**
     * One proxy for every request except those to this machine.
     *
     * @param address {@code http://user:password@host:port}, of which only the host must be there; the default port is 80.
     *     What is special in a user name or a password is percent-encoded
     * @throws IllegalArgumentException if it is not the address of a proxy that can be used; the message does not contain
     *     it
     */
    public static ProxySettings of(String address) {
        ProxyAddress proxy = ProxyAddress.parse("the text", address);
        return new ProxySettings(new ProxyRoutes(proxy, proxy, DirectHosts.LOOPBACK_ONLY), null);
    }

    /**
     * The proxies that a selector chooses, which also decides what is reached without. Of its answer the JDK's client uses
     * the first only, and goes without a proxy if that is not an HTTP proxy.
     */
    public static ProxySettings of(ProxySelector selector) {
        return new ProxySettings(selector, null);
    }

    /**
     * A copy with a user name and a password for every proxy; they replace those in an address. See the class for what
     * the JVM must allow. Default: those in the address, if any.
     *
     * @throws IllegalArgumentException if the user name contains a colon, or one of them a control character
     */
    public ProxySettings withCredentials(String userName, Secret password) {
        ProxyCredentials added = new ProxyCredentials(userName, password);
        return selector instanceof ProxyRoutes routes
                ? new ProxySettings(routes.with(added), null)
                : new ProxySettings(selector, added);
    }

    /**
     * A copy with other hosts that are reached without a proxy, in the form of the variable {@code no_proxy}: host names,
     * each of which includes all names below it, with or without a leading dot; IP addresses, those of IPv6 in brackets if
     * a port follows; networks such as {@code 10.0.0.0/8}; {@code :port} after a name or an address, to limit it to that
     * port; {@code *} for every host. Separated by commas or spaces; what is none of these matches nothing. Names are not
     * looked up. This machine ({@code localhost}, 127.0.0.0/8, {@code ::1}) is always reached without one.
     *
     * @throws IllegalArgumentException if the list is longer than 65,536 characters
     * @throws IllegalStateException if a selector decides
     */
    public ProxySettings withoutProxyFor(String hosts) {
        if (!(selector instanceof ProxyRoutes routes)) {
            throw new IllegalStateException("the proxy selector decides which hosts are reached without a proxy");
        }
        return new ProxySettings(routes.except(DirectHosts.parse("the list of hosts", hosts)), null);
    }

    /** What the client asks; null if the JVM has none. */
    @Nullable
    ProxySelector selector() {
        return selector == null ? ProxySelector.getDefault() : selector;
    }

    /** For whichever proxy {@link #selector()} chooses; null if there are none, or it knows them itself. */
    @Nullable
    ProxyCredentials credentials() {
        return credentials;
    }

    /** What a request to that address has to do with a proxy; null if it goes without. */
    static @Nullable Way wayTo(URI uri, @Nullable ProxySelector selector, @Nullable ProxyCredentials credentials) {
        if (selector instanceof ProxyRoutes routes) {
            ProxyAddress proxy = routes.to(uri);
            return proxy == null ? null : new Way(proxy.toString(), proxy.credentials());
        }
        List<Proxy> chosen = selector == null ? List.of() : selector.select(uri);
        boolean isHttp = chosen != null
                && !chosen.isEmpty()
                && chosen.get(0).type() == Proxy.Type.HTTP
                && chosen.get(0).address() instanceof InetSocketAddress;
        if (!isHttp) {
            return null;
        }
        InetSocketAddress address = (InetSocketAddress) chosen.get(0).address();
        return new Way(address.getHostString() + ":" + address.getPort(), credentials);
    }

    /**
     * A proxy on the way of a request.
     *
     * @param name host and port, for messages
     * @param credentials who the program is there, if it says so
     */
    record Way(String name, @Nullable ProxyCredentials credentials) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxySettings that
                && Objects.equals(selector, that.selector)
                && Objects.equals(credentials, that.credentials);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selector, credentials);
    }

    /** Hosts and ports of the proxies; never a user name or a password. */
    @Override
    public String toString() {
        if (selector == null) {
            return "the proxies of the JVM";
        }
        return selector instanceof ProxyRoutes ? selector.toString() : "the proxies of a selector";
    }
}
