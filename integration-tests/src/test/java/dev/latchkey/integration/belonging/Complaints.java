package dev.latchkey.integration.belonging;

import java.util.ArrayList;
import java.util.List;

/** The violations that a judge found in one sequence. Thread-safe, because a listener's threads send messages too. */
final class Complaints {
    /**
     * One violation.
     *
     * @param kind the kind of violation, always in the same words
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
