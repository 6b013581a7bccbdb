package dev.latchkey.web;

import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Kept;
import dev.latchkey.web.session.Outcome;
import dev.latchkey.web.session.Sealed;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins in progress, each in a cookie that only this front can read: the browser stores them, so that a user who has
 * not signed in takes up no space here. If a sign-in fails, its outcome replaces it until the page has fetched that.
 */
final class SignInCookies {
    /** How many a browser keeps; the oldest are deleted. */
    static final int MOST = 4;

    /** Browsers accept 4 KiB. */
    static final int LONGEST = 3 * 1024;

    /** For all together: containers read 8 KiB of headers, which other cookies and the authorization code share. */
    static final int LONGEST_TOGETHER = 4 * 1024;

    /** How many cookies of a request are read; we never set more. */
    private static final int MOST_READ = 2 * MOST;

    private final String prefix;
    private final Sealed sealed;
    private final InstantSource clock;

    SignInCookies(String front, Sealed sealed, InstantSource clock) {
        this.prefix = HostCookies.nameOf(front) + "-";
        this.sealed = sealed;
        this.clock = clock;
    }

    /**
     * A cookie of this front.
     *
     * @param name its size in the header
     * @param length its content; null if the cookie is to be deleted
     * @param kept what it holds; null if the cookie is to be deleted
     */
    private record Held(String name, int length, @Nullable Kept kept) {
        boolean isNamed(String id) {
            return kept != null && kept.id().equals(id);
        }
    }

    /** The sign-in with this state. */
    Optional<Interaction> ofState(HttpServletRequest request, String state) {
        return underWay(request).stream().filter(it -> it.state().equals(state)).findFirst();
    }

    /** All sign-ins in progress. */
    List<Interaction> underWay(HttpServletRequest request) {
        List<Interaction> all = new ArrayList<>();
        for (Held held : read(request)) {
            if (held.kept instanceof Interaction interaction) {
                all.add(interaction);
            }
        }
        return all;
    }

    /** The sign-in or outcome with the page's id. */
    Optional<Kept> named(HttpServletRequest request, String id) {
        return read(request).stream()
                .filter(held -> held.isNamed(id))
                .findFirst()
                .map(Held::kept);
    }

    /**
     * Stores a sign-in in the browser, and deletes the oldest if there are too many.
     *
     * @throws Refusal if it is too large
     */
    void add(Exchange exchange, Interaction begun) {
        String name = nameOf(begun);
        String value = sealed.write(name, begun);
        int length = lengthOf(name, value);
        if (length > LONGEST) {
            throw new Refusal(
                    413, "request_too_large", "the request is too large for a cookie; shorten state or claims");
        }
        makeRoom(exchange, begun.id(), LONGEST_TOGETHER - length);
        HostCookies.set(exchange.response(), name, value, lifeOf(begun));
    }

    /** Replaces the sign-in with its failure, which the page can fetch. */
    void fail(HttpServletResponse response, Interaction interaction, Outcome failure) {
        String name = nameOf(interaction);
        HostCookies.set(response, name, sealed.write(name, failure), lifeOf(failure));
    }

    void remove(HttpServletResponse response, Interaction interaction) {
        HostCookies.remove(response, nameOf(interaction));
    }

    /** Deletes the sign-in or outcome with the page's id. */
    void remove(Exchange exchange, String id) {
        for (Held held : read(exchange.request())) {
            if (held.isNamed(id)) {
                HostCookies.remove(exchange.response(), held.name);
            }
        }
    }

    /** Keeps the newest that are valid, as many as fit. */
    private void makeRoom(Exchange exchange, String id, int room) {
        List<Held> all = new ArrayList<>(read(exchange.request()));
        all.sort(Comparator.comparing(SignInCookies::expiresOn).reversed());
        int kept = 1;
        int left = room;
        for (Held held : all) {
            boolean stays = held.kept != null && !held.isNamed(id) && kept < MOST && held.length <= left;
            if (stays) {
                kept++;
                left -= held.length;
            } else {
                HostCookies.remove(exchange.response(), held.name);
            }
        }
    }

    private static long expiresOn(Held held) {
        return held.kept == null ? 0 : held.kept.expiresOn().toEpochMilli();
    }

    private List<Held> read(HttpServletRequest request) {
        return HostCookies.of(request).stream()
                .filter(cookie -> isOurs(cookie.getName()))
                .limit(MOST_READ)
                .map(cookie -> held(cookie.getName(), cookie.getValue()))
                .toList();
    }

    private Held held(String name, String value) {
        int length = lengthOf(name, value);
        return new Held(
                name, length, length > LONGEST ? null : sealed.read(name, value).orElse(null));
    }

    private boolean isOurs(String name) {
        return name.length() == prefix.length() + SessionId.SHORT
                && name.startsWith(prefix)
                && name.chars().skip(prefix.length()).allMatch(PageRequests::isLetterOrDigit);
    }

    /** The size in the header, including the separator. */
    private static int lengthOf(String name, String value) {
        return name.length() + value.length() + 3;
    }

    private String nameOf(Interaction interaction) {
        return prefix + SessionId.shortDigest(interaction.state());
    }

    private Duration lifeOf(Kept kept) {
        return Duration.between(clock.instant(), kept.expiresOn());
    }
}
