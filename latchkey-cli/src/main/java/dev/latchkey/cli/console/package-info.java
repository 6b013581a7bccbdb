/** The output of the command; start at {@link dev.latchkey.cli.console.CliEnvironment}. */
@NullMarked
package dev.latchkey.cli.console;

import org.jspecify.annotations.NullMarked;
