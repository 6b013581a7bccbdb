/**
 * Proofs that the caller holds a key; start at {@link dev.latchkey.authority.proof.DpopProofs}.
 */
@NullMarked
package dev.latchkey.authority.proof;

import org.jspecify.annotations.NullMarked;
