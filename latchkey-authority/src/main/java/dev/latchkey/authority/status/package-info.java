/** The status page and its switches; start at {@link dev.latchkey.authority.status.StatusService}. */
@NullMarked
package dev.latchkey.authority.status;

import org.jspecify.annotations.NullMarked;
