package dev.latchkey.http;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.Secret;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address of an HTTP proxy, as people write it: {@code http://user:password@host:port}, of which only the host must
 * be there. Messages about it never contain any of it, for it may hold a password.
 */
record ProxyAddress(String host, int port, @Nullable ProxyCredentials credentials) {
    static final int LONGEST = 2_048;

    private static final int DEFAULT_PORT = 80;
    private static final int LAST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @param name what the address is called in messages
     * @throws IllegalArgumentException if it is none of an HTTP proxy
     */
    static ProxyAddress parse(String name, String address) {
        if (address.length() > LONGEST) {
            throw refused(name, "it is longer than " + LONGEST + " characters");
        }
        String text = address.strip();
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            requireHttp(name, LowerCase.of(text.substring(0, scheme)));
            text = text.substring(scheme + 3);
        }
        if (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        for (char end : new char[] {'/', '?', '#'}) {
            if (text.indexOf(end) >= 0) {
                throw refused(name, "it holds '" + end + "'; in a user name or password, percent-encode it");
            }
        }
        int at = text.lastIndexOf('@');
        ProxyCredentials credentials = at < 0 ? null : credentials(name, text.substring(0, at));
        return parse(name, text.substring(at + 1), credentials);
    }

    private static void requireHttp(String name, String scheme) {
        if (scheme.startsWith("socks")) {
            throw refused(name, "SOCKS proxies are not supported, by the JDK's HTTP client neither; use an HTTP proxy");
        }
        if (scheme.equals("https")) {
            throw refused(name, "TLS to the proxy itself is not supported; if the proxy also speaks HTTP, use http://");
        }
        if (!scheme.equals("http")) {
            throw refused(name, "it has another scheme than http");
        }
    }

    private static ProxyAddress parse(String name, String authority, @Nullable ProxyCredentials credentials) {
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', bracket + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : port(authority.substring(colon + 1));
        if (port == 0) {
            throw refused(name, "the port is not a number from 1 to " + LAST_PORT);
        }
        if (bracket >= 0) {
            boolean isLiteral = host.startsWith("[")
                    && host.endsWith("]")
                    && IpLiteral.parse(host.substring(1, host.length() - 1)) != null;
            if (!isLiteral) {
                throw refused(name, "what is in brackets is no IPv6 address");
            }
            return new ProxyAddress(host.substring(1, host.length() - 1), port, credentials);
        }
        if (host.isEmpty() || !host.chars().allMatch(ProxyAddress::isOfHostName)) {
            throw refused(name, "it has no host, or one with characters that no host name has");
        }
        return new ProxyAddress(host, port, credentials);
    }

    /** 0 if it is none. */
    static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port > LAST_PORT ? 0 : port;
    }

    private static boolean isOfHostName(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_';
    }

    private static ProxyCredentials credentials(String name, String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        String userName = decoded(name, user);
        String decodedPassword = decoded(name, password);
        try {
            return new ProxyCredentials(userName, decodedPassword.isEmpty() ? Secret.NONE : Secret.of(decodedPassword));
        } catch (IllegalArgumentException e) {
            throw refused(name, String.valueOf(e.getMessage()));
        }
    }

    /** Percent-decodes (RFC 3986 section 2.1); a plus sign stays. */
    private static String decoded(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw refused(name, "a percent sign in the user name or password must be written %25");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(name, "the percent-encoded user name or password is not UTF-8");
        }
    }

    private static IllegalArgumentException refused(String name, String reason) {
        return new IllegalArgumentException(name + " is not the address of a proxy that can be used: " + reason
                + ". Expected is http://host:port, with user:password@ before the host if need be");
    }

    ProxyAddress with(ProxyCredentials other) {
        return new ProxyAddress(host, port, other);
    }

    /** The host is looked up when a connection is made. */
    Proxy proxy() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
