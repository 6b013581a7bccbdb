/**
 * Observability: {@link dev.latchkey.spring.metrics.ObservedTokens} for outgoing calls, {@link
 * dev.latchkey.spring.metrics.AcquireMeters} for all calls for tokens, and {@link
 * dev.latchkey.spring.metrics.LatchkeyHealth}.
 */
@NullMarked
package dev.latchkey.spring.metrics;

import org.jspecify.annotations.NullMarked;
