/** The demo: the life of a token, each step checked; start at {@link dev.latchkey.cli.demo.Demo}. */
@NullMarked
package dev.latchkey.cli.demo;

import org.jspecify.annotations.NullMarked;
