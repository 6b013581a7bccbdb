/**
 * Who is asked: {@link dev.latchkey.core.discovery.Authority} names it, {@link
 * dev.latchkey.core.discovery.ProviderMetadata} is what it says of itself, believed only if the issuer fits.
 */
@NullMarked
package dev.latchkey.core.discovery;

import org.jspecify.annotations.NullMarked;
