package dev.latchkey.authority.realm;

import dev.latchkey.authority.Endpoint;

/** Where a path leads. */
public record Route(Realm realm, Endpoint endpoint) {}
