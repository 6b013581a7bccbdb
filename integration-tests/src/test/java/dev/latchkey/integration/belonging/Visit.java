package dev.latchkey.integration.belonging;

/**
 * What an issuer remembers of somebody who signed in, until the code is redeemed.
 *
 * @param issuer where
 * @param person who
 * @param clientId for which client
 * @param redirectUri where the answer went
 * @param challenge the proof key's
 * @param nonce the request's
 * @param wish what was asked for
 */
record Visit(
        Issuer issuer, Person person, String clientId, String redirectUri, String challenge, String nonce, Wish wish) {}
