package dev.latchkey.internal.loopback;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections that are open, oldest first. When there are too many, the oldest that has not sent its request yet makes
 * room, so that idle ones cannot keep the answer out.
 */
final class Connections {
    static final int MAX = 16;

    private final Set<Connection> open = new LinkedHashSet<>();

    /** Lets a connection in, unless all others are being answered. */
    synchronized boolean admit(Connection connection) {
        if (open.size() >= MAX && !evictOldestIdle()) {
            return false;
        }
        return open.add(connection);
    }

    synchronized void remove(Connection connection) {
        open.remove(connection);
    }

    /** Closes all but those being answered, which close by themselves. */
    synchronized void closeIdle() {
        open.stream().filter(connection -> !connection.isAnswering()).forEach(Connection::close);
    }

    private boolean evictOldestIdle() {
        for (Connection connection : open) {
            if (!connection.isAnswering()) {
                connection.close();
                return open.remove(connection);
            }
        }
        return false;
    }
}
