/**
 * Tokens for outgoing calls: {@link dev.latchkey.spring.http.ProtectedResources} defines which calls send one, {@link
 * dev.latchkey.spring.http.LatchkeyRestClientInterceptor} and {@link dev.latchkey.spring.http.LatchkeyExchangeFilter}
 * add it.
 */
@NullMarked
package dev.latchkey.spring.http;

import org.jspecify.annotations.NullMarked;
