/**
 * What an authority says, asked once and believed only when checked: {@link
 * dev.latchkey.internal.authority.Authorities} finds its endpoints, {@link
 * dev.latchkey.internal.authority.TokenEndpoint} redeems grants there.
 */
@NullMarked
package dev.latchkey.internal.authority;

import org.jspecify.annotations.NullMarked;
