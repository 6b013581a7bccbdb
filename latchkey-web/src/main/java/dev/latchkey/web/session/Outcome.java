package dev.latchkey.web.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a sign-in until the page fetches it: a success is in the session, a failure in the browser.
 *
 * @param id the page's id for the sign-in
 * @param status the HTTP status
 * @param json the body; may hold tokens
 * @param account the account whose tokens it contains; null if it contains none
 * @param expiresOn when it expires
 */
public record Outcome(
        String id, int status, String json, @Nullable AccountRef account, Instant expiresOn) implements Kept {
    /** Long enough for a page that loads slowly after a redirect. */
    private static final Duration TIME_TO_FETCH = Duration.ofMinutes(5);

    /** The outcome of a successful sign-in. */
    public static Outcome success(String id, String json, AccountRef account, Instant now) {
        return new Outcome(id, 200, json, account, now.plus(TIME_TO_FETCH));
    }

    /** The outcome of a failed sign-in. */
    public static Outcome failure(String id, int status, String json, Instant now) {
        return new Outcome(id, status, json, null, now.plus(TIME_TO_FETCH));
    }

    /** Whether it contains tokens of the account. */
    boolean isOf(AccountRef other) {
        return account != null && other.isSameAccountAs(account);
    }

    /** Omits the body. */
    @Override
    public String toString() {
        return "Outcome[" + status + "]";
    }
}
