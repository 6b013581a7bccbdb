/**
 * For tests: {@link dev.latchkey.testkit.LocalAuthorityTest} gives them an identity provider and virtual time,
 * {@link dev.latchkey.testkit.TokenStoreContract} is what every token store must pass.
 */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
