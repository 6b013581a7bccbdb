/**
 * Nothing reaches anyone to whom it does not belong: random calls of all applications of a fake world, and judges who
 * examine every message and result. {@code BelongingTest} runs it.
 */
package dev.latchkey.integration.belonging;
