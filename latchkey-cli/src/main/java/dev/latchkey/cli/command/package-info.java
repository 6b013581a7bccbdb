/** One class per command; start at {@link dev.latchkey.cli.command.Commands}. */
package dev.latchkey.cli.command;
