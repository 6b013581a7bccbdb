package dev.latchkey.http;

import dev.latchkey.core.LowerCase;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy, in the form of the environment variable {@code NO_PROXY}: names, which
 * include everything below them, IP addresses and networks ({@code 10.0.0.0/8}), each with a port if need be, separated
 * by commas or spaces; {@code *} is every host. What is none of these matches nothing. This machine always is one.
 */
final class DirectHosts {
    static final int LONGEST = 65_536;
    static final DirectHosts LOOPBACK_ONLY = new DirectHosts("");

    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private boolean all;

    private DirectHosts(String text) {
        this.text = text;
        StringTokenizer words = new StringTokenizer(LowerCase.of(text), ", \t\r\n");
        while (words.hasMoreTokens()) {
            add(words.nextToken());
        }
    }

    /**
     * Reads a list.
     *
     * @param name what it is called in messages
     * @throws IllegalArgumentException if it is too long
     */
    static DirectHosts parse(String name, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(name + " is longer than " + LONGEST + " characters");
        }
        return new DirectHosts(text);
    }

    /** A name, or a network: so many bits of an address. Port 0 is any port. */
    private record Entry(String name, @Nullable InetAddress network, int bits, int port) {
        boolean includes(String host, @Nullable InetAddress address, int hostPort) {
            if (port != 0 && port != hostPort) {
                return false;
            }
            if (network != null) {
                return address != null && haveSameStart(network.getAddress(), address.getAddress(), bits);
            }
            return address == null
                    && host.endsWith(name)
                    && (host.length() == name.length() || host.charAt(host.length() - name.length() - 1) == '.');
        }

        private static boolean haveSameStart(byte[] one, byte[] other, int bits) {
            boolean same = one.length == other.length;
            for (int bit = 0; same && bit < bits; bit++) {
                same = ((one[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) == 0;
            }
            return same;
        }
    }

    private void add(String word) {
        int slash = word.indexOf('/');
        if (word.equals("*")) {
            all = true;
        } else if (slash >= 0) {
            addNetwork(word.substring(0, slash), word.substring(slash + 1));
        } else if (word.startsWith("[")) {
            int end = word.indexOf(']');
            if (end > 0) {
                addHost(word.substring(1, end), word.substring(end + 1));
            }
        } else {
            int colon = word.indexOf(':');
            boolean hasPort = colon >= 0 && colon == word.lastIndexOf(':');
            addHost(hasPort ? word.substring(0, colon) : word, hasPort ? word.substring(colon) : "");
        }
    }

    private void addNetwork(String start, String bits) {
        InetAddress network = IpLiteral.parse(start);
        boolean isNumber = !bits.isEmpty() && bits.length() <= 3 && bits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (network != null && isNumber && Integer.parseInt(bits) <= network.getAddress().length * 8) {
            entries.add(new Entry("", network, Integer.parseInt(bits), 0));
        }
    }

    private void addHost(String host, String colonAndPort) {
        int port = colonAndPort.startsWith(":") ? ProxyAddress.port(colonAndPort.substring(1)) : 0;
        if (port == 0 && !colonAndPort.isEmpty()) {
            return;
        }
        InetAddress address = IpLiteral.parse(host);
        if (address != null) {
            entries.add(new Entry("", address, address.getAddress().length * 8, port));
            return;
        }
        String name = withoutFinalDot(host.startsWith("*.") ? host.substring(1) : host);
        name = name.startsWith(".") ? name.substring(1) : name;
        if (!name.isEmpty()) {
            entries.add(new Entry(name, null, 0, port));
        }
    }

    /** Whether the host is reached directly. A literal of IPv6 may be in brackets. */
    boolean include(String hostOrLiteral, int port) {
        String host = withoutFinalDot(LowerCase.of(hostOrLiteral));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        InetAddress address = IpLiteral.parse(host);
        return all || isLoopback(host, address) || isListed(host, address, port);
    }

    private boolean isListed(String host, @Nullable InetAddress address, int port) {
        return entries.stream().anyMatch(entry -> entry.includes(host, address, port));
    }

    /** Names below {@code localhost} too (RFC 6761 section 6.3). */
    private static boolean isLoopback(String host, @Nullable InetAddress address) {
        return address == null ? host.equals("localhost") || host.endsWith(".localhost") : address.isLoopbackAddress();
    }

    private static String withoutFinalDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectHosts that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
