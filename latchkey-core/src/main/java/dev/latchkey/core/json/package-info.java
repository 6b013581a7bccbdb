/** JSON with limits against hostile input; start at {@link dev.latchkey.core.json.Json}. */
package dev.latchkey.core.json;
