/** What a server's wish to be left alone means; start at {@link dev.latchkey.core.throttle.RetryAfter}. */
package dev.latchkey.core.throttle;
