/**
 * Token storage: {@link dev.latchkey.store.TokenStore} is the contract of a store, {@link
 * dev.latchkey.store.MemoryTokenStore} the in-memory default.
 */
@NullMarked
package dev.latchkey.store;

import org.jspecify.annotations.NullMarked;
