/** When a server wants no requests; start at {@link dev.latchkey.core.throttle.RetryAfter}. */
package dev.latchkey.core.throttle;
