package dev.latchkey.authority.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the answer travels to the client (OAuth 2.0 Multiple Response Types, Form Post Response Mode). */
enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST,
    /** Not to an address at all: a device polls for it. The state is its user code. */
    DEVICE;

    static Optional<ResponseMode> of(String value) {
        return Arrays.stream(values())
                .filter(mode ->
                        mode != DEVICE && mode.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }
}
