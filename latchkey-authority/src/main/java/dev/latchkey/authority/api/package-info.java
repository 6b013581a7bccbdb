/**
 * The protected API; start at {@link dev.latchkey.authority.api.MeApi}.
 */
@NullMarked
package dev.latchkey.authority.api;

import org.jspecify.annotations.NullMarked;
