/** Programs that run for long, with everything going wrong beside: {@code SoakTest}. */
package dev.latchkey.integration.soak;
