/** What may stand on the command line, as one table; start at {@link dev.latchkey.cli.args.Reader}. */
package dev.latchkey.cli.args;
