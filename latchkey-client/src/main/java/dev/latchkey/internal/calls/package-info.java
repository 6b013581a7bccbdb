/**
 * What every call does, whatever it is for: {@link dev.latchkey.internal.calls.Calls runs} on the executor, shares its
 * {@link dev.latchkey.internal.calls.SingleFlight flight}, {@link dev.latchkey.internal.calls.CallEvents tells} how it
 * goes, {@link dev.latchkey.internal.calls.Failures fails} in one way. What is kept of calls is kept by their {@link
 * dev.latchkey.internal.calls.TokenCall}.
 */
@NullMarked
package dev.latchkey.internal.calls;

import org.jspecify.annotations.NullMarked;
