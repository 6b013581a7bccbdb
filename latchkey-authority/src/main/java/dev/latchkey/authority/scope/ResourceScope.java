package dev.latchkey.authority.scope;

import dev.latchkey.authority.ApiResource;

/** A permission of an API, and the spelling the client used for it. */
public record ResourceScope(ApiResource api, String name, String spelling) {}
