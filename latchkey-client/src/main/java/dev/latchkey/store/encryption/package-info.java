/**
 * What token stores that keep bytes share: partitions as encrypted records ({@link
 * dev.latchkey.store.encryption.PartitionSealer}) and the keys for them ({@link dev.latchkey.store.encryption.KeySource}).
 */
@NullMarked
package dev.latchkey.store.encryption;

import org.jspecify.annotations.NullMarked;
