package dev.latchkey.integration.belonging;

import java.util.ArrayList;
import java.util.List;

/** What a judge found wrong in one sequence. Thread-safe: a listener's threads send messages too. */
final class Complaints {
    /**
     * One wrong.
     *
     * @param kind what kind of wrong, the same words each time
     * @param text what happened
     */
    record Complaint(String kind, String text) {}

    private final List<Complaint> all = new ArrayList<>();

    synchronized void add(String kind, String text) {
        all.add(new Complaint(kind, text));
    }

    synchronized List<Complaint> all() {
        return List.copyOf(all);
    }

    synchronized int size() {
        return all.size();
    }
}
