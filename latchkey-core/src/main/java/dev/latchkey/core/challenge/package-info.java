/** What a protected API answers when a token will not do; start at {@link dev.latchkey.core.challenge.BearerChallenge}. */
package dev.latchkey.core.challenge;
