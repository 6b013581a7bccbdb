/**
 * Which authority a path imitates; start at {@link dev.latchkey.authority.realm.Realms}.
 */
@NullMarked
package dev.latchkey.authority.realm;

import org.jspecify.annotations.NullMarked;
