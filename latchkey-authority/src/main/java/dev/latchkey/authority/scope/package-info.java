/**
 * Scopes and the APIs they belong to; start at {@link dev.latchkey.authority.scope.ScopeResolver}.
 */
@NullMarked
package dev.latchkey.authority.scope;

import org.jspecify.annotations.NullMarked;
