/**
 * Tokens on outgoing calls: {@link dev.latchkey.spring.http.ProtectedResources} says which calls get one, {@link
 * dev.latchkey.spring.http.LatchkeyRestClientInterceptor} and {@link dev.latchkey.spring.http.LatchkeyExchangeFilter}
 * put it on.
 */
@NullMarked
package dev.latchkey.spring.http;

import org.jspecify.annotations.NullMarked;
