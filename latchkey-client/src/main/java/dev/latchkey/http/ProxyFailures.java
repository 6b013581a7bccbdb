package dev.latchkey.http;

import dev.latchkey.core.LowerCase;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What to say when a proxy did not let a request through: what happened, and what to set. */
final class ProxyFailures {
    static final int AUTHENTICATION_REQUIRED = 407;

    /** What the JDK's client says of any answer to CONNECT that is neither 200 nor 407. */
    private static final String TUNNEL_FAILED = "Tunnel failed, got: ";

    private static final String BASIC_IS_ALLOWED = "jdk.http.auth.tunneling.disabledSchemes";
    private static final int SERVER_ERROR = 500;

    private ProxyFailures() {}

    static HttpTransport.ProxyException unreachable(ProxySettings.Way proxy, IOException cause) {
        return new HttpTransport.ProxyException(
                "the proxy " + proxy.name()
                        + " cannot be reached; check its address, in the settings of the transport or"
                        + " in HTTPS_PROXY, and whether it is up",
                0,
                cause);
    }

    static HttpTransport.ProxyException wantsCredentials(ProxySettings.Way proxy) {
        return new HttpTransport.ProxyException(wantsCredentialsText(proxy), AUTHENTICATION_REQUIRED, null);
    }

    private static String wantsCredentialsText(ProxySettings.Way proxy) {
        String what = "the proxy " + proxy.name() + " requires authentication (407): ";
        if (proxy.credentials() == null) {
            return what + "add a user name and a password to its address (http://user:password@host:port), or with"
                    + " ProxySettings.withCredentials";
        }
        return mayBeSent()
                ? what + "it does not accept the user name and the password"
                : what + "Java withholds user name and password from the tunnel of an https address; start the JVM with"
                        + " -D" + BASIC_IS_ALLOWED + "= (an empty value)";
    }

    /** Whether the property is set so that Basic passes; the default of the JDK does not let it pass. */
    private static boolean mayBeSent() {
        String disabled = System.getProperty(BASIC_IS_ALLOWED);
        return disabled != null && !LowerCase.of(disabled).contains("basic");
    }

    /** The failure of a tunnel, by the words of the JDK's client; null if it is none. */
    static HttpTransport.@Nullable ProxyException ofTunnel(IOException e, ProxySettings.@Nullable Way proxy) {
        String message = e.getMessage();
        if (message == null || !message.startsWith(TUNNEL_FAILED)) {
            return null;
        }
        String code = message.substring(TUNNEL_FAILED.length());
        boolean isNumber = code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9');
        int status = isNumber ? Integer.parseInt(code) : 0;
        String name = proxy == null ? "the proxy" : "the proxy " + proxy.name();
        String text = status >= SERVER_ERROR
                ? name + " could not connect to the server (" + status
                        + "); check the server's address, and whether the" + " proxy knows the way to it"
                : name + " refuses to connect to the server" + (status == 0 ? "" : " (" + status + ")")
                        + "; have the server allowed there, or use another proxy, or none for it (NO_PROXY)";
        return new HttpTransport.ProxyException(text, status, e);
    }
}
