/** The {@code latchkey} command; start at {@link dev.latchkey.cli.Main}. */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
