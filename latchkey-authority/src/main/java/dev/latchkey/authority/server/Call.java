package dev.latchkey.authority.server;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.IncomingRequest;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.Dialect;
import dev.latchkey.authority.realm.Realm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request whose destination is known. Server-wide endpoints have no realm. */
record Call(Endpoint endpoint, Optional<Realm> realm, Request request, String correlationId) {
    /** The request as fault scripts and barriers see it. */
    IncomingRequest incoming() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Params params : new Params[] {request.form(), request.query()}) {
            params.names()
                    .forEach(name ->
                            parameters.putIfAbsent(name, params.all(name).get(0)));
        }
        return new IncomingRequest(endpoint, request.method(), request.path(), parameters, request.headers());
    }

    /** How errors are told; without a realm as Entra does. */
    Dialect dialect() {
        return realm.map(found -> found.personality().dialect()).orElse(Dialect.ENTRA);
    }
}
