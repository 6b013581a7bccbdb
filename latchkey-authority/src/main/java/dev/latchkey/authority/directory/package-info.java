/**
 * Who and what the authority knows; start at {@link dev.latchkey.authority.directory.Directory}.
 */
@NullMarked
package dev.latchkey.authority.directory;

import org.jspecify.annotations.NullMarked;
