package dev.latchkey.authority.realm;

import java.util.Locale;

/** What a B2C policy lets a person do; told by its name, which contains {@code edit} or {@code reset} or neither. */
public enum Policy {
    /** Signs in, or makes an account. */
    SIGN_UP_OR_IN,
    /** Signs in and changes the profile. */
    EDIT_PROFILE,
    /** Sets a new password instead of typing the old one. */
    RESET_PASSWORD;

    static Policy named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("edit")) {
            return EDIT_PROFILE;
        }
        return lower.contains("reset") ? RESET_PASSWORD : SIGN_UP_OR_IN;
    }
}
