/**
 * The protected API; start at {@link dev.latchkey.authority.api.MeApi}.
 */
package dev.latchkey.authority.api;
