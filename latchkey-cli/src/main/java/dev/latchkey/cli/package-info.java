/** The {@code latchkey} command; start at {@link dev.latchkey.cli.Main}. */
package dev.latchkey.cli;
