/**
 * Everything that can go wrong: one sealed root, {@link dev.latchkey.core.error.AuthException}, and a handful of
 * subclasses told apart by who has to act. Codes are the field's own strings, in {@link dev.latchkey.core.error.ErrorCodes}.
 */
@NullMarked
package dev.latchkey.core.error;

import org.jspecify.annotations.NullMarked;
