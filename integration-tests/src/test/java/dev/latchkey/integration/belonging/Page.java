package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The page of a front in a browser: the state of its session, as far as visible from outside. */
final class Page {
    final WebBrowser browser;
    final Front front;
    private final Presence presence = Presence.none();
    private final Set<Account> shown = new LinkedHashSet<>();
    private final List<String> oldSessions = new ArrayList<>();
    private final Map<String, String> oldSignIns = new TreeMap<>();
    private Instant lastUse = Instant.EPOCH;

    Page(WebBrowser browser, Front front) {
        this.browser = browser;
        this.front = front;
    }

    /** Whose session cookie a call carries. */
    enum Guise {
        /** The page's own. */
        OWN,
        /** A former one of the page. */
        OLD,
        /** That of the other front. */
        OTHER_FRONTS
    }

    Presence presence() {
        return presence;
    }

    /** The accounts that it was shown, oldest first. */
    List<Account> shown() {
        return new ArrayList<>(shown);
    }

    void show(Account account) {
        shown.add(account);
    }

    /** An idle session has expired before this call. */
    void use(Instant now) {
        if (!now.isBefore(lastUse.plus(front.site.sessionTimeout()))) {
            presence.leaveAll();
        }
        lastUse = now;
    }

    /** The cookies of a call; null if there are none of that kind. */
    @Nullable
    Map<String, String> cookies(Guise guise, Dice dice, List<Front> fronts) {
        Map<String, String> own = browser.cookies(front.site.origin());
        if (guise == Guise.OWN) {
            return own;
        }
        String planted = guise == Guise.OLD ? dice.maybe(100, oldSessions) : ofAnother(fronts);
        return planted == null || front.cookieName() == null ? null : Map.of(front.cookieName(), planted);
    }

    private @Nullable String ofAnother(List<Front> fronts) {
        for (Front other : fronts) {
            if (other != front && other.cookieName() != null) {
                return browser.cookies(other.site.origin()).get(other.cookieName());
            }
        }
        return null;
    }

    /** Stores a cookie that the front sets; an empty value deletes it. */
    void takeCookie(String name, String value) {
        Map<String, String> cookies = browser.cookies(front.site.origin());
        String old = value.isEmpty() ? cookies.remove(name) : cookies.put(name, value);
        boolean isSession = front.setsSession(name);
        if (old != null && isSession) {
            oldSessions.add(old);
        } else if (old != null) {
            oldSignIns.put(name, old);
        }
    }

    /** Its cookies, including deleted ones of sign-ins. */
    Map<String, String> cookiesNeverForgotten() {
        Map<String, String> all = new TreeMap<>(oldSignIns);
        all.putAll(browser.cookies(front.site.origin()));
        return all;
    }

    /** Its cookies, plus those of another page's sign-ins. */
    Map<String, String> cookiesWithSignInsOf(Page other) {
        Map<String, String> all = new TreeMap<>(browser.cookies(front.site.origin()));
        other.browser.cookies(other.front.site.origin()).forEach((name, value) -> {
            String renamed = front.renamed(name);
            if (renamed != null) {
                all.put(renamed, value);
            }
        });
        return all;
    }

    @Override
    public String toString() {
        return browser + " at " + front;
    }
}
