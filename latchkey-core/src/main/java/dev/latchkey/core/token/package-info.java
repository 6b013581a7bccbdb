/**
 * The token endpoint: a {@link dev.latchkey.core.token.Grant} says what goes out and what its answer is bound to, {@link
 * dev.latchkey.core.token.TokenResponse} checks the answer, a {@link dev.latchkey.core.token.ClientAuthentication} shows
 * who asks. Start at {@link dev.latchkey.core.token.TokenRequest}.
 */
@NullMarked
package dev.latchkey.core.token;

import org.jspecify.annotations.NullMarked;
