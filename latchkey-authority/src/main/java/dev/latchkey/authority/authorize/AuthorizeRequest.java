package dev.latchkey.authority.authorize;

/** An authorization request in which nothing is wrong. */
record AuthorizeRequest(
        ReplyAddress address, AuthenticationParameters authentication, RequestedTokens tokens, String correlationId) {}
