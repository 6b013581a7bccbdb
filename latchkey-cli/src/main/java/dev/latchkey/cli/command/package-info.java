/** One class per command; start at {@link dev.latchkey.cli.command.Commands}. */
@NullMarked
package dev.latchkey.cli.command;

import org.jspecify.annotations.NullMarked;
