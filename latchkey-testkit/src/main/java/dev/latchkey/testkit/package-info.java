/**
 * Support for tests: {@link dev.latchkey.testkit.LocalAuthorityTest} provides an identity provider and virtual time,
 * {@link dev.latchkey.testkit.TokenStoreContract} is the contract of every token store.
 */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
