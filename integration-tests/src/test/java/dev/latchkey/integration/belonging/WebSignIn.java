package dev.latchkey.integration.belonging;

import dev.latchkey.integration.belonging.Faces.Face;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sign-in that a page began. */
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
     * How it began.
     *
     * @param type popup, redirect or frame
     * @param asked what was asked for
     * @param state what the page wants back
     * @param returnTo where a redirect ends
     * @param expected who alone may come back; null for anybody
     * @param until how long the answer may come
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

    /** The code that the issuer gave; empty if it gave none. */
    String code() {
        return inAnswer("code");
    }

    String state() {
        return inAnswer("state");
    }

    boolean admits(Person person) {
        return begin.expected == null || begin.expected.contains(person);
    }

    /** Whether its answer may still be taken in. */
    boolean isWaiting(Instant now) {
        return !over && now.isBefore(begin.until);
    }

    /** From now on no answer counts. */
    void end() {
        over = true;
    }

    /** Given up or fetched: what it brought is not to be had any more. */
    void forget() {
        over = true;
        forgotten = true;
    }

    /** Whether an answer came of which the page has not asked yet what it led to. */
    boolean waitsToBeFetched() {
        return over && !forgotten;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /**
     * Somebody signed in.
     *
     * @param keepsCookie whether they joined the session and it kept its id, which others may know
     */
    void succeed(Face face, int now, boolean keepsCookie) {
        signedIn = face;
        when = now;
        keptCookie = keepsCookie;
    }

    boolean keptCookie() {
        return keptCookie;
    }

    /** Who signed in; null if nobody did. */
    @Nullable
    Face signedIn() {
        return signedIn;
    }

    /** Whether what it brought is of the session that a page has now. */
    boolean isOf(Page other, Presence presence) {
        return other == page && signedIn != null && presence.hasSince(signedIn, when);
    }

    private String inAnswer(String name) {
        return landing == null
                ? ""
                : Objects.requireNonNullElse(landing.answer().get(name), "");
    }
}
