/** What the command shows; start at {@link dev.latchkey.cli.console.Surroundings}. */
package dev.latchkey.cli.console;
