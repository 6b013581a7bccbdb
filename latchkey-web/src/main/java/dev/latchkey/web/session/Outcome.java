package dev.latchkey.web.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a sign-in ended, waiting to be fetched by the page: a success in the session, a failure in the browser.
 *
 * @param id the page's name for the sign-in
 * @param status the HTTP status
 * @param json the body; may hold tokens
 * @param account whose tokens; null if it holds none
 * @param expiresOn when it is forgotten
 */
public record Outcome(
        String id, int status, String json, @Nullable AccountRef account, Instant expiresOn) implements Kept {
    /** Long enough for a page that is slow to load after a redirect. */
    private static final Duration TIME_TO_FETCH = Duration.ofMinutes(5);

    /** Somebody signed in. */
    public static Outcome success(String id, String json, AccountRef account, Instant now) {
        return new Outcome(id, 200, json, account, now.plus(TIME_TO_FETCH));
    }

    /** Nobody did. */
    public static Outcome failure(String id, int status, String json, Instant now) {
        return new Outcome(id, status, json, null, now.plus(TIME_TO_FETCH));
    }

    /** Whether it holds tokens of the account. */
    boolean isOf(AccountRef other) {
        return account != null && other.isSameAccountAs(account);
    }

    /** Without the body. */
    @Override
    public String toString() {
        return "Outcome[" + status + "]";
    }
}
