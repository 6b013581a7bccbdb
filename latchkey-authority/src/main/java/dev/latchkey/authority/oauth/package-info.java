/**
 * The endpoints programs talk to; start at {@link dev.latchkey.authority.oauth.TokenEndpoint}.
 */
package dev.latchkey.authority.oauth;
