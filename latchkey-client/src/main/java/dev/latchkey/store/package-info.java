/**
 * Where tokens rest: {@link dev.latchkey.store.TokenStore} is what a store must do,
 * {@link dev.latchkey.store.MemoryTokenStore} the one that needs nothing.
 */
@NullMarked
package dev.latchkey.store;

import org.jspecify.annotations.NullMarked;
