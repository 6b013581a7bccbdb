/**
 * Owners of tokens: {@link dev.latchkey.core.account.Account}, as seen in one tenant, and the {@link
 * dev.latchkey.core.account.PartitionKey} under which everything of one principal is stored.
 */
@NullMarked
package dev.latchkey.core.account;

import org.jspecify.annotations.NullMarked;
