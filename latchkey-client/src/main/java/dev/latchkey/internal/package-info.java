/**
 * The engine. {@link dev.latchkey.internal.Engine} wires it in one place; {@link
 * dev.latchkey.internal.SilentAcquisition} and {@link dev.latchkey.internal.InteractiveAcquisition} are the two ways to a
 * token. Not exported.
 */
package dev.latchkey.internal;
