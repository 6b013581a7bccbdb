/** Programs that run for a long time under constant failures: {@code SoakTest}. */
package dev.latchkey.integration.soak;
