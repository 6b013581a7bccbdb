package dev.latchkey.integration.belonging;

import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.integration.belonging.Faces.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Who has signed in at one page since they last signed out there, and when. */
final class Presence {
    private final Map<Who, Integer> since;

    /**
     * A user as a front distinguishes them: in B2C per policy, because each has its own accounts.
     *
     * @param person the user
     * @param policy the policy; empty for other kinds
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

    /** A copy of the current state. */
    Presence copy() {
        return new Presence(new HashMap<>(since));
    }

    /** A user signs in; one who is already present stays. */
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

    /** Whether a user has been present without interruption since this time. */
    boolean hasSince(Face face, int when) {
        return has(face) && Objects.requireNonNull(since.get(Who.of(face))) <= when;
    }
}
