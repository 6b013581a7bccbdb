package dev.latchkey.integration.belonging;

import dev.latchkey.integration.belonging.Faces.Face;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sign-in that a page started. */
final class WebSignIn {
    final Page page;
    final String id;
    final Begin begin;
    final @Nullable Landing landing;
    private boolean over;
    private boolean forgotten;
    private @Nullable Face signedIn;
    private int when;
    private boolean keptCookie;

    /**
     * How it started.
     *
     * @param type popup, redirect or frame
     * @param asked what was requested
     * @param state the state that the page wants back
     * @param returnTo where a redirect ends
     * @param expected the only user who may sign in; null for any
     * @param until when the response expires
     */
    record Begin(
            String type,
            Asked asked,
            String state,
            String returnTo,
            @Nullable Set<Person> expected,
            Instant until) {}

    WebSignIn(Page page, String id, Begin begin, @Nullable Landing landing) {
        this.page = page;
        this.id = id;
        this.begin = begin;
        this.landing = landing;
    }

    /** The code that the issuer returned; empty if there was none. */
    String code() {
        return inAnswer("code");
    }

    String state() {
        return inAnswer("state");
    }

    boolean admits(Person person) {
        return begin.expected == null || begin.expected.contains(person);
    }

    /** Whether its response may still be processed. */
    boolean isWaiting(Instant now) {
        return !over && now.isBefore(begin.until);
    }

    /** No response counts any more. */
    void end() {
        over = true;
    }

    /** Cancelled or fetched: its outcome is no longer available. */
    void forget() {
        over = true;
        forgotten = true;
    }

    /** Whether a response arrived whose outcome the page has not fetched yet. */
    boolean waitsToBeFetched() {
        return over && !forgotten;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /**
     * A user signed in.
     *
     * @param keepsCookie whether the account joined a session that kept its id, which others may know
     */
    void succeed(Face face, int now, boolean keepsCookie) {
        signedIn = face;
        when = now;
        keptCookie = keepsCookie;
    }

    boolean keptCookie() {
        return keptCookie;
    }

    /** The user who signed in; null if nobody did. */
    @Nullable
    Face signedIn() {
        return signedIn;
    }

    /** Whether its outcome belongs to a page's current session. */
    boolean isOf(Page other, Presence presence) {
        return other == page && signedIn != null && presence.hasSince(signedIn, when);
    }

    private String inAnswer(String name) {
        return landing == null
                ? ""
                : Objects.requireNonNullElse(landing.answer().get(name), "");
    }
}
