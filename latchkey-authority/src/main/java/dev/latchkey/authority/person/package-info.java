/**
 * A scripted person in front of the real pages; start at {@link dev.latchkey.authority.person.ScriptedPerson}.
 */
package dev.latchkey.authority.person;
