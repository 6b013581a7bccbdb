/**
 * What can be wrong with a request; start at {@link dev.latchkey.authority.problem.Problem}.
 */
package dev.latchkey.authority.problem;
