/** The syntax of the command line, as one table; start at {@link dev.latchkey.cli.args.Reader}. */
@NullMarked
package dev.latchkey.cli.args;

import org.jspecify.annotations.NullMarked;
