/**
 * Failures: the sealed root {@link dev.latchkey.core.error.AuthException} and its subclasses, which differ in who has
 * to act. The codes are those of MSAL, in {@link dev.latchkey.core.error.ErrorCodes}.
 */
@NullMarked
package dev.latchkey.core.error;

import org.jspecify.annotations.NullMarked;
