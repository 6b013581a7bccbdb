/** When a token is renewed: the one place that decides is {@link dev.latchkey.core.renewal.ExpiryRule}. */
@NullMarked
package dev.latchkey.core.renewal;

import org.jspecify.annotations.NullMarked;
