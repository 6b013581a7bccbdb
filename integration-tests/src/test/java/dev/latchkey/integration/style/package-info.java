/** The style budgets, counted in the sources and printed: {@link dev.latchkey.integration.style.StyleBudgetTest}. */
package dev.latchkey.integration.style;
