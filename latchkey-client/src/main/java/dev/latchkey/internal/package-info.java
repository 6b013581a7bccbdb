/**
 * The engine. {@link dev.latchkey.internal.Engine} wires its rooms, which are, from the top down: {@code interactive},
 * {@code silent}, {@code tokens}, {@code authority}, {@code calls}, {@code environment}; {@code loopback} stands beside
 * them. Each uses those below it only. Not exported.
 */
@NullMarked
package dev.latchkey.internal;

import org.jspecify.annotations.NullMarked;
