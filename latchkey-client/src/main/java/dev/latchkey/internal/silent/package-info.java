/**
 * Tokens without asking anybody: {@link dev.latchkey.internal.silent.SilentAcquisition} serves from the cache, {@link
 * dev.latchkey.internal.silent.Renewal} redeems refresh tokens.
 */
@NullMarked
package dev.latchkey.internal.silent;

import org.jspecify.annotations.NullMarked;
