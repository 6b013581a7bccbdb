package dev.latchkey.http;

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

    private final ProxySettings proxy;
    private final Map<SSLContext, SharedClients.Taken> clients = new LinkedHashMap<>(MOST, 0.75f, true);

    Identities(ProxySettings proxy) {
        this.proxy = proxy;
    }

    SharedClients.Taken client(SSLContext identity) {
        SharedClients.Taken taken = clients.get(identity);
        if (taken == null) {
            taken = SharedClients.Taken.of(SharedClients.Setup.of(identity, proxy));
            clients.put(identity, taken);
            if (clients.size() > MOST) {
                Iterator<SharedClients.Taken> eldest = clients.values().iterator();
                eldest.next().giveBack();
                eldest.remove();
            }
        }
        return taken;
    }

    void giveBack() {
        clients.values().forEach(SharedClients.Taken::giveBack);
        clients.clear();
    }
}
