/**
 * A scripted person in front of the real pages; start at {@link dev.latchkey.authority.person.ScriptedPerson}.
 */
@NullMarked
package dev.latchkey.authority.person;

import org.jspecify.annotations.NullMarked;
