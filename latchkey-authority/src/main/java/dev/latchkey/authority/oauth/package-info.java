/**
 * The endpoints programs talk to; start at {@link dev.latchkey.authority.oauth.TokenEndpoint}.
 */
@NullMarked
package dev.latchkey.authority.oauth;

import org.jspecify.annotations.NullMarked;
