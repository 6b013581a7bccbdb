/**
 * What is cached and what is found: {@link dev.latchkey.core.cache.Partition} holds everything of one principal and
 * decides look-up and saving; {@link dev.latchkey.core.cache.UnifiedCache} is the file format shared with other libraries.
 */
@NullMarked
package dev.latchkey.core.cache;

import org.jspecify.annotations.NullMarked;
