/**
 * What a test author types; start at {@link dev.latchkey.authority.LocalAuthority}.
 */
@NullMarked
package dev.latchkey.authority;

import org.jspecify.annotations.NullMarked;
