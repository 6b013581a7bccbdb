/**
 * Tokens in a directory, for the processes of one person or service: {@link dev.latchkey.store.file.FileTokenStore}.
 * What is guaranteed, and what to do when something fails: {@code docs/stores.md}.
 */
@NullMarked
package dev.latchkey.store.file;

import org.jspecify.annotations.NullMarked;
