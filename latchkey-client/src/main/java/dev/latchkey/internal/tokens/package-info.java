/**
 * What becomes of tokens: {@link dev.latchkey.internal.tokens.TokenSaver} stores them, {@link
 * dev.latchkey.internal.tokens.UnsavedAnswers} keeps what the store does not take, {@link
 * dev.latchkey.internal.tokens.RefreshTokens} says which to send, {@link
 * dev.latchkey.internal.tokens.AccountDirectory} whose they are.
 */
@NullMarked
package dev.latchkey.internal.tokens;

import org.jspecify.annotations.NullMarked;
