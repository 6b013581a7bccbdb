package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which clients took part in a session and want to know when it ends. */
public final class Participants {
    private static final int MAX_SESSIONS = 10_000;

    private final BoundedStore<Set<String>> clientIds = new BoundedStore<>(MAX_SESSIONS);

    Participants() {}

    /** Remembers that a client was answered in a session. */
    public synchronized void join(String sessionId, String clientId) {
        Set<String> all = new LinkedHashSet<>(clientIds.get(sessionId).orElse(Set.of()));
        all.add(clientId);
        clientIds.put(sessionId, all);
    }

    /** Ends a session and gives the ids of its clients. */
    public synchronized Set<String> leave(String sessionId) {
        return clientIds.remove(sessionId).orElse(Set.of());
    }

    void clear() {
        clientIds.clear();
    }
}
