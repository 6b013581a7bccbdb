package dev.latchkey.authority.state;

import dev.latchkey.authority.User;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.token.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who is signed in in which browser: single sign-on. A browser is known by its cookie. */
public final class Sessions {
    private static final int MAX_BROWSERS = 5_000;
    private static final int MAX_PEOPLE_PER_BROWSER = 20;

    private final BoundedStore<List<SignedIn>> browsers = new BoundedStore<>(MAX_BROWSERS);
    private final Entropy entropy;
    private final Duration lifetime;

    Sessions(Entropy entropy, Duration lifetime) {
        this.entropy = entropy;
        this.lifetime = lifetime;
    }

    /** People signed in in a browser, in the order they did. */
    public List<SignedIn> people(String browser, Instant now) {
        return browsers.get(browser).orElse(List.of()).stream()
                .filter(person -> person.authenticatedAt().plus(lifetime).isAfter(now))
                .toList();
    }

    /** Signs a person in and gives the browser's new name: a name known before sign-in must not be worth anything. */
    public String signIn(String browser, SignedIn person, Instant now) {
        List<SignedIn> people = new ArrayList<>(people(browser, now));
        people.removeIf(other -> other.user().isNamed(person.user().userName()));
        people.add(person);
        if (people.size() > MAX_PEOPLE_PER_BROWSER) {
            people.remove(0);
        }
        browsers.remove(browser);
        String renamed = entropy.token();
        browsers.put(renamed, List.copyOf(people));
        return renamed;
    }

    /** Signs people out of a browser and gives those who were in. */
    public List<SignedIn> signOut(String browser, Predicate<SignedIn> who) {
        Optional<List<SignedIn>> before = browsers.exchange(
                browser, people -> people.stream().filter(who.negate()).toList());
        return before.orElse(List.of()).stream().filter(who).toList();
    }

    /** Everybody signed in in any browser. */
    public List<SignedIn> all(Instant now) {
        return browsers.values().stream()
                .flatMap(List::stream)
                .filter(person -> person.authenticatedAt().plus(lifetime).isAfter(now))
                .toList();
    }

    /** Replaces people by what is known of them now; those no longer known are signed out. */
    public void replaceUsers(Function<User, Optional<User>> known) {
        browsers.replaceAll(people -> people.stream()
                .flatMap(person -> known.apply(person.user()).stream()
                        .map(user -> new SignedIn(user, person.authenticatedAt(), person.sessionId())))
                .toList());
    }

    /** Signs people out of every browser. */
    public void signOutEverywhere(Predicate<SignedIn> who) {
        browsers.replaceAll(people -> people.stream().filter(who.negate()).toList());
    }

    void clear() {
        browsers.clear();
    }
}
