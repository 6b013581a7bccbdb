package dev.latchkey.integration.belonging;

/**
 * What an issuer remembers of a sign-in until the code is redeemed.
 *
 * @param issuer the issuer
 * @param person the user
 * @param clientId the client
 * @param redirectUri the address that received the response
 * @param challenge the PKCE challenge
 * @param nonce the nonce of the request
 * @param wish what was requested
 */
record Visit(
        Issuer issuer, Person person, String clientId, String redirectUri, String challenge, String nonce, Wish wish) {}
