/** What a protected API answers when a token will not do; start at {@link dev.latchkey.core.challenge.BearerChallenge}. */
@NullMarked
package dev.latchkey.core.challenge;

import org.jspecify.annotations.NullMarked;
