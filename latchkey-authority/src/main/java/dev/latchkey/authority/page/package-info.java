/**
 * The HTML a person sees; start at {@link dev.latchkey.authority.page.Pages}.
 */
@NullMarked
package dev.latchkey.authority.page;

import org.jspecify.annotations.NullMarked;
