/**
 * What comes between a request and its answer when a test says so; start at {@link dev.latchkey.authority.interference.Interference}.
 */
package dev.latchkey.authority.interference;
