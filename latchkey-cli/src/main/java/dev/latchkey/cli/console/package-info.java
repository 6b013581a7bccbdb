/** What the command shows; start at {@link dev.latchkey.cli.console.CliEnvironment}. */
package dev.latchkey.cli.console;
