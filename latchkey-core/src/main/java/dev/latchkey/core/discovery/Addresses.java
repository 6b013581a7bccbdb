package dev.latchkey.core.discovery;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;

/** The rule for which addresses may be used: https, or http if nothing leaves the machine. */
public final class Addresses {
    /** The longest address that is accepted, in characters. */
    public static final int LONGEST = 2_048;

    private static final String NOT_SECURE =
            "is not an https address (http is for a loopback authority that is itself asked over http)";
    private static final String NO_HOST_NAME =
            "has a host with '_' in its name, which no host name may have (RFC 1123 section 2.1)";

    private Addresses() {}

    /** Whether the address is https, or http on a loopback host (RFC 8252 section 8.3). */
    public static boolean isSecure(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost()));
    }

    /** Whether the host name or literal never leaves the machine. */
    public static boolean isLoopback(String host) {
        String name = LowerCase.of(host);
        return name.equals("localhost") || name.equals("[::1]") || isLoopbackIpv4(name);
    }

    /** 127.0.0.0/8 (RFC 1122 section 3.2.1.3). */
    private static boolean isLoopbackIpv4(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 4
                && parts[0].equals("127")
                && Arrays.stream(parts).allMatch(Addresses::isOctet);
    }

    private static boolean isOctet(String part) {
        return !part.isEmpty()
                && part.length() <= 3
                && part.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(part) <= 255;
    }

    /**
     * Whether a server at one address may name another address: https always, http on a loopback host only if the
     * server itself was accessed that way. A server on the network must not direct requests to services on this
     * machine.
     */
    public static boolean mayName(URI asked, URI named) {
        return isSecure(named)
                && ("https".equalsIgnoreCase(named.getScheme()) || "http".equalsIgnoreCase(asked.getScheme()));
    }

    /**
     * An address named in a response, in ASCII (RFC 3987 section 3.1); empty if it is malformed, longer than {@value
     * #LONGEST} characters, relative, not printable or one that the server may not name.
     */
    public static Optional<URI> named(String address, URI asked) {
        if (address.length() > LONGEST || !PrintableText.isPrintable(address)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            return mayName(asked, uri) ? Optional.of(URI.create(uri.toASCIIString())) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with an address for which {@link #named} is empty, to follow the name of the member that holds it. */
    static String flawOf(String address) {
        if (address.isEmpty()) {
            return "is no text";
        }
        if (address.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        try {
            URI uri = PrintableText.isPrintable(address) ? new URI(address) : null;
            return uri != null && hasUnderscore(uri) ? NO_HOST_NAME : NOT_SECURE;
        } catch (URISyntaxException e) {
            return NOT_SECURE;
        }
    }

    /** {@link URI} takes that for the name of a registry and not of a host, and the JDK's HTTP client refuses it. */
    private static boolean hasUnderscore(URI uri) {
        String authority = uri.getRawAuthority();
        return uri.getHost() == null
                && authority != null
                && authority.indexOf('_', authority.lastIndexOf('@') + 1) >= 0;
    }

    /** The text without trailing slashes. */
    public static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * An absolute address.
     *
     * @throws ClientConfigurationException {@code empty_url_error} or {@code url_parse_error}
     */
    static URI parse(String address) {
        if (address.isBlank()) {
            throw new ClientConfigurationException(ErrorCodes.EMPTY_URL_ERROR, "the address is empty");
        }
        if (address.length() > LONGEST) {
            throw new ClientConfigurationException(
                    ErrorCodes.URL_PARSE_ERROR, "the address is longer than " + LONGEST + " characters");
        }
        try {
            URI uri = new URI(address.trim());
            if (uri.getUserInfo() != null) {
                throw new ClientConfigurationException(
                        ErrorCodes.URL_PARSE_ERROR, "an address must not hold a user name or password");
            }
            if (!PrintableText.isPrintable(address)) {
                throw unparsable(address);
            }
            if (hasUnderscore(uri)) {
                throw new ClientConfigurationException(
                        ErrorCodes.URL_PARSE_ERROR,
                        "the address " + NO_HOST_NAME
                                + " and the JDK's HTTP client refuses; give the host another name: "
                                + withoutUserInfo(address));
            }
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw unparsable(address);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw unparsable(address);
        }
    }

    /** For messages: who writes a password into an address must not read it in a log. */
    static String withoutUserInfo(String address) {
        for (int start = address.indexOf("//"); start >= 0; start = address.indexOf("//", start + 1)) {
            int at = lastAtSign(address, start + 2);
            if (at >= 0) {
                return address.substring(0, start) + "//…" + address.substring(at);
            }
        }
        return address;
    }

    /** Within the authority that begins there (RFC 3986 section 3.2); -1 if it has none. */
    private static int lastAtSign(String address, int start) {
        int last = -1;
        for (int i = start; i < address.length() && "/?#".indexOf(address.charAt(i)) < 0; i++) {
            last = address.charAt(i) == '@' ? i : last;
        }
        return last;
    }

    private static ClientConfigurationException unparsable(String address) {
        return new ClientConfigurationException(
                ErrorCodes.URL_PARSE_ERROR, "not an address like https://host/tenant: " + withoutUserInfo(address));
    }
}
