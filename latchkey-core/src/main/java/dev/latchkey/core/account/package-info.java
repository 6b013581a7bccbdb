/**
 * Whose tokens they are: {@link dev.latchkey.core.account.Account}, seen in one tenant, and the
 * {@link dev.latchkey.core.account.PartitionKey} under which everything of one principal rests.
 */
@NullMarked
package dev.latchkey.core.account;

import org.jspecify.annotations.NullMarked;
