/**
 * A token store in a directory, for the processes of one user or service: {@link
 * dev.latchkey.store.file.FileTokenStore}. For guarantees and what to do on failures, see {@code docs/stores.md}.
 */
@NullMarked
package dev.latchkey.store.file;

import org.jspecify.annotations.NullMarked;
