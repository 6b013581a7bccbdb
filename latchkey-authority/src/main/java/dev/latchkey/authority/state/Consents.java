package dev.latchkey.authority.state;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.memory.BoundedStore;
import java.util.LinkedHashSet;
import java.util.Set;

/** What people have allowed clients, per person, tenant, client and API. */
public final class Consents {
    private static final int MAX_CONSENTS = 10_000;

    private final BoundedStore<Set<String>> allowed = new BoundedStore<>(MAX_CONSENTS);

    Consents() {}

    /** The scopes not allowed yet. */
    public Set<String> missing(Identity person, Client client, Set<String> scopes) {
        if (client.preConsented()) {
            return Set.of();
        }
        Set<String> missing = new LinkedHashSet<>(scopes);
        missing.removeAll(allowed.get(key(person, client)).orElse(Set.of()));
        return missing;
    }

    /** Remembers that scopes were allowed. */
    public synchronized void allow(Identity person, Client client, Set<String> scopes) {
        Set<String> all = new LinkedHashSet<>(allowed.get(key(person, client)).orElse(Set.of()));
        all.addAll(scopes);
        allowed.put(key(person, client), Set.copyOf(all));
    }

    void clear() {
        allowed.clear();
    }

    private static String key(Identity person, Client client) {
        return person.tenant().id() + " " + person.objectId() + " " + client.clientId();
    }
}
