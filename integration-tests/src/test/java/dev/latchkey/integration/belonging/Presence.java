package dev.latchkey.integration.belonging;

import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.integration.belonging.Faces.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Who has signed in at one page since they signed out there last, and when that was. */
final class Presence {
    private final Map<Who, Integer> since;

    /**
     * Somebody as a front tells them: of B2C in a policy, as each has accounts of its own.
     *
     * @param person who
     * @param policy the policy; empty for others
     */
    record Who(Person person, String policy) {
        static Who of(Face face) {
            return new Who(
                    face.person(),
                    face.issuer().is(AuthorityKind.B2C) ? face.issuer().tenant() : "");
        }
    }

    private Presence(Map<Who, Integer> since) {
        this.since = since;
    }

    /** Nobody yet. */
    static Presence none() {
        return new Presence(new HashMap<>());
    }

    /** As it is now. */
    Presence copy() {
        return new Presence(new HashMap<>(since));
    }

    /** Somebody signs in; who is there already stays. */
    void join(Face face, int when) {
        since.putIfAbsent(Who.of(face), when);
    }

    void leave(Who who) {
        since.remove(who);
    }

    void leaveAll() {
        since.clear();
    }

    boolean has(Face face) {
        return since.containsKey(Who.of(face));
    }

    boolean has(Person person) {
        return since.keySet().stream().anyMatch(who -> who.person().equals(person));
    }

    boolean hasAnybody() {
        return !since.isEmpty();
    }

    /** Whether somebody has been there without a break from then on. */
    boolean hasSince(Face face, int when) {
        return has(face) && Objects.requireNonNull(since.get(Who.of(face))) <= when;
    }
}
