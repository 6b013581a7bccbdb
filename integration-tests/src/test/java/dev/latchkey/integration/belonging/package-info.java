/**
 * Nothing gets to whom it does not belong: random calls of all applications of a fake world, and a judge who looks at
 * every message and every result. {@code BelongingTest} runs it.
 */
package dev.latchkey.integration.belonging;
