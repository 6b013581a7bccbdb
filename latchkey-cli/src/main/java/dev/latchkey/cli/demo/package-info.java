/** The story of a token, each step checked; start at {@link dev.latchkey.cli.demo.Demo}. */
package dev.latchkey.cli.demo;
