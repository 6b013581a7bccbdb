/**
 * The front channel: {@link dev.latchkey.core.authorize.AuthorizationRequest} becomes a URI to show a person, and what
 * comes back becomes an {@link dev.latchkey.core.authorize.AuthorizationResponse} only if it may be believed.
 */
@NullMarked
package dev.latchkey.core.authorize;

import org.jspecify.annotations.NullMarked;
