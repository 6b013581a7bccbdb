/** When a token is renewed: the one place that decides is {@link dev.latchkey.core.renewal.ExpiryRule}. */
package dev.latchkey.core.renewal;
