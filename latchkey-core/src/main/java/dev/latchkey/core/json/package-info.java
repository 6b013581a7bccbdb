/** JSON with limits against hostile input; start at {@link dev.latchkey.core.json.Json}. */
@NullMarked
package dev.latchkey.core.json;

import org.jspecify.annotations.NullMarked;
