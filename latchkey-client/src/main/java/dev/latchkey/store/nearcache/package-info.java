/** Copies of stored partitions in memory, for token stores that do I/O. */
@NullMarked
package dev.latchkey.store.nearcache;

import org.jspecify.annotations.NullMarked;
