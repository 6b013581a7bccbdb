package dev.latchkey.http;

import java.net.http.HttpClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * The clients of one transport for requests that have a TLS identity of their own. Bounded, for an identity that rotates
 * leaves the ones before behind: the one that was used longest ago goes. Not thread-safe.
 */
final class Identities {
    static final int MOST = 8;

    private final Map<SSLContext, Taken> clients = new LinkedHashMap<>(MOST, 0.75f, true);

    /** A client, and what it is given back by. */
    private record Taken(SharedClients.Setup setup, HttpClient client) {}

    HttpClient client(SSLContext identity) {
        Taken taken = clients.get(identity);
        if (taken == null) {
            SharedClients.Setup setup = SharedClients.Setup.of(identity);
            taken = new Taken(setup, SharedClients.take(setup));
            clients.put(identity, taken);
            if (clients.size() > MOST) {
                Iterator<Taken> eldest = clients.values().iterator();
                SharedClients.giveBack(eldest.next().setup);
                eldest.remove();
            }
        }
        return taken.client;
    }

    void giveBack() {
        clients.values().forEach(taken -> SharedClients.giveBack(taken.setup));
        clients.clear();
    }
}
