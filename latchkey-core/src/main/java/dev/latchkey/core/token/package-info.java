/**
 * The token endpoint: one small class per grant makes the request, {@link dev.latchkey.core.token.TokenResponse} checks
 * the answer. Start at {@link dev.latchkey.core.token.TokenRequest}.
 */
@NullMarked
package dev.latchkey.core.token;

import org.jspecify.annotations.NullMarked;
