package dev.latchkey.http;

import dev.latchkey.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who a program is at a proxy: the scheme Basic (RFC 7617), the only one that the JDK's client lets a program use. */
record ProxyCredentials(String userName, Secret password) {
    ProxyCredentials {
        if (userName.indexOf(':') >= 0 || hasControl(userName) || hasControl(password.reveal())) {
            throw new IllegalArgumentException("the user name for the proxy contains a colon, or it or the password a"
                    + " control character, which Basic authentication cannot carry (RFC 7617 section 2)");
        }
    }

    /** The value of {@code Proxy-Authorization}. */
    String header() {
        byte[] both = (userName + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "ProxyCredentials";
    }
}
