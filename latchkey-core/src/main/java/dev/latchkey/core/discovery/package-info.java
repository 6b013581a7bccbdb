/**
 * Authorities: {@link dev.latchkey.core.discovery.Authority} identifies one, {@link
 * dev.latchkey.core.discovery.ProviderMetadata} is its metadata, accepted only if the issuer matches.
 */
@NullMarked
package dev.latchkey.core.discovery;

import org.jspecify.annotations.NullMarked;
