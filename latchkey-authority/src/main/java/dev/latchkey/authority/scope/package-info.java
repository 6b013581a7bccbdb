/**
 * Scopes and the APIs they belong to; start at {@link dev.latchkey.authority.scope.ScopeResolver}.
 */
package dev.latchkey.authority.scope;
