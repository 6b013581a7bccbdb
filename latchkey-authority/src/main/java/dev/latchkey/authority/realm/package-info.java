/**
 * Which authority a path imitates; start at {@link dev.latchkey.authority.realm.Realms}.
 */
package dev.latchkey.authority.realm;
