package dev.latchkey.authority.realm;

import java.net.URI;
import java.util.Locale;

/** Addresses spelled the usual way: without the port that the scheme means anyway (RFC 3986 section 6.2.3). */
public final class Addresses {
    private Addresses() {}

    /** The address of a server, without a slash at the end. */
    public static String of(boolean https, String host, int port) {
        String scheme = https ? "https" : "http";
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    /** Host and port in lower case, without the default port; empty if there is no host. */
    public static String authority(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String ending = ":" + defaultPort(String.valueOf(uri.getScheme()));
        boolean explicit = authority.endsWith(ending);
        return authority
                .substring(0, authority.length() - (explicit ? ending.length() : 0))
                .toLowerCase(Locale.ROOT);
    }

    /** The port, also where it is left out. */
    public static int port(URI uri) {
        return uri.getPort() < 0 ? defaultPort(String.valueOf(uri.getScheme())) : uri.getPort();
    }

    private static int defaultPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }
}
