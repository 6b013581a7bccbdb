package dev.latchkey.cli.command;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What to tell the user who has to open the address of a sign-in without our help. */
final class AddressNotice {
    private static final String REDIRECT_URI = "redirect_uri=";

    private final URI address;

    AddressNotice(URI address) {
        this.address = address;
    }

    List<String> lines() {
        List<String> lines =
                new ArrayList<>(List.of("Open this address in a browser on this machine:", "", address.toString(), ""));
        int port = port();
        if (port > 0) {
            lines.add("A browser on another machine can be used too if that forwards the port, for example with");
            lines.add("  ssh -L " + port + ":localhost:" + port + " HOST");
        }
        lines.add(
                "The address works as long as this command waits. Without such a browser, stop it and add --device-code.");
        return lines;
    }

    /** The port at which the answer is waited for; 0 if the address does not tell. */
    private int port() {
        String query = address.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            if (parameter.startsWith(REDIRECT_URI)) {
                return port(parameter.substring(REDIRECT_URI.length()));
            }
        }
        return 0;
    }

    private static int port(String redirectUri) {
        try {
            return URI.create(URLDecoder.decode(redirectUri, StandardCharsets.UTF_8))
                    .getPort();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
