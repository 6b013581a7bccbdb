package dev.latchkey.authority.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Values of {@code prompt} (OpenID Connect Core section 3.1.2.1, and {@code create} of Initiating User Registration). */
enum Prompt {
    NONE,
    LOGIN,
    SELECT_ACCOUNT,
    CONSENT,
    CREATE;

    static Optional<Prompt> of(String value) {
        return Arrays.stream(values())
                .filter(prompt -> prompt.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }
}
