/**
 * The JSON file that says who and what is known; start at {@link dev.latchkey.authority.config.ConfigFile}.
 */
@NullMarked
package dev.latchkey.authority.config;

import org.jspecify.annotations.NullMarked;
