package dev.latchkey.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proxies as the environment of a process names them. An empty variable counts as absent. */
final class ProxyEnvironment {
    private static final List<String> HTTPS = List.of("https_proxy", "HTTPS_PROXY");
    private static final List<String> ALL = List.of("all_proxy", "ALL_PROXY");
    private static final List<String> NONE = List.of("no_proxy", "NO_PROXY");

    private final Map<String, String> variables;

    ProxyEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The routes that the variables describe.
     *
     * @throws IllegalArgumentException if one of them cannot be used; the message does not contain its value
     */
    ProxyRoutes routes() {
        return new ProxyRoutes(address(http()), address(HTTPS), direct());
    }

    /** The hosts that are reached without a proxy. */
    DirectHosts direct() {
        String name = present(NONE);
        return name == null ? DirectHosts.LOOPBACK_ONLY : DirectHosts.parse(name, value(name));
    }

    /**
     * A web server hands the header {@code Proxy} of a request to a CGI program as {@code HTTP_PROXY}: there, which
     * {@code REQUEST_METHOD} shows (RFC 3875 section 4.1.12), anybody on the network could name the proxy.
     */
    private List<String> http() {
        return variables.containsKey("REQUEST_METHOD") ? List.of("http_proxy") : List.of("http_proxy", "HTTP_PROXY");
    }

    private @Nullable ProxyAddress address(List<String> names) {
        String name = present(names) == null ? present(ALL) : present(names);
        return name == null ? null : ProxyAddress.parse(name, value(name));
    }

    private @Nullable String present(List<String> names) {
        for (String name : names) {
            if (!value(name).isBlank()) {
                return name;
            }
        }
        return null;
    }

    private String value(String name) {
        return variables.getOrDefault(name, "");
    }
}
