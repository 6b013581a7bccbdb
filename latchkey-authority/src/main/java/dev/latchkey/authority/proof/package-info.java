/**
 * Proofs that the caller holds a key; start at {@link dev.latchkey.authority.proof.DpopProofs}.
 */
package dev.latchkey.authority.proof;
