package dev.latchkey.core.discovery;

import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The one rule for which addresses may be talked to: https, or http where nothing leaves the machine. */
public final class Addresses {
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
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
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
        try {
            URI uri = new URI(address.trim());
            if (uri.getUserInfo() != null) {
                throw new ClientConfigurationException(
                        ErrorCodes.URL_PARSE_ERROR, "an address must not hold a user name or password");
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
        return address.replaceFirst("//[^/?#]*@", "//…@");
    }

    private static ClientConfigurationException unparsable(String address) {
        return new ClientConfigurationException(
                ErrorCodes.URL_PARSE_ERROR, "not an address like https://host/tenant: " + withoutUserInfo(address));
    }
}
