package dev.latchkey.authority.server;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.realm.Realm;
import java.util.Optional;

/** A request whose destination is known. Server-wide endpoints have no realm. */
record Call(Endpoint endpoint, Optional<Realm> realm, Request request, String correlationId) {
    boolean isEntra() {
        return realm.isEmpty() || realm.get().personality().isEntra();
    }
}
