package dev.latchkey.authority.authorize;

/** An authorization request in which nothing is wrong. */
record AuthorizeRequest(ReplyAddress address, SignInWish wish, TokenWish tokens, String correlationId) {}
