/**
 * From an authorization request over the pages to its answer; start at {@link dev.latchkey.authority.authorize.AuthorizeEndpoint}.
 */
package dev.latchkey.authority.authorize;
