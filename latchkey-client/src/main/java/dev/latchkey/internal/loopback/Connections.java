package dev.latchkey.internal.loopback;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open connections, oldest first. If there are too many, the oldest that has not sent its request yet is closed, so
 * that idle connections cannot block the response.
 */
final class Connections {
    static final int MAX = 16;

    private final Set<Connection> open = new LinkedHashSet<>();

    /** Admits a connection, unless all others are being answered. */
    synchronized boolean admit(Connection connection) {
        if (open.size() >= MAX && !evictOldestIdle()) {
            return false;
        }
        return open.add(connection);
    }

    synchronized void remove(Connection connection) {
        open.remove(connection);
    }

    /** Closes all connections except those being answered, which close on their own. */
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
