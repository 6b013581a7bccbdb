/**
 * What can be wrong with a request; start at {@link dev.latchkey.authority.problem.Problem}.
 */
@NullMarked
package dev.latchkey.authority.problem;

import org.jspecify.annotations.NullMarked;
