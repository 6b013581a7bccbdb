/**
 * From an authorization request over the pages to its answer; start at {@link dev.latchkey.authority.authorize.AuthorizeEndpoint}.
 */
@NullMarked
package dev.latchkey.authority.authorize;

import org.jspecify.annotations.NullMarked;
