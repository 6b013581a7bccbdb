/**
 * What operators see: {@link dev.latchkey.spring.metrics.ObservedTokens} of outgoing calls, {@link
 * dev.latchkey.spring.metrics.AcquireMeters} of all calls for tokens, and {@link dev.latchkey.spring.metrics.LatchkeyHealth}.
 */
@NullMarked
package dev.latchkey.spring.metrics;

import org.jspecify.annotations.NullMarked;
