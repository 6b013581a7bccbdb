/**
 * The HTML a person sees; start at {@link dev.latchkey.authority.page.Pages}.
 */
package dev.latchkey.authority.page;
