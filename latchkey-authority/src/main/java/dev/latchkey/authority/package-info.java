/**
 * What a test author types; start at {@link dev.latchkey.authority.LocalAuthority}.
 */
package dev.latchkey.authority;
