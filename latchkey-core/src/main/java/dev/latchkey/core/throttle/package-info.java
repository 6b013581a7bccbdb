/** When a server wants no requests; start at {@link dev.latchkey.core.throttle.RetryAfter}. */
@NullMarked
package dev.latchkey.core.throttle;

import org.jspecify.annotations.NullMarked;
