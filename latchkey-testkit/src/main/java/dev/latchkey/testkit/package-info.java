/** For tests: {@link dev.latchkey.testkit.TokenStoreContract} is what every token store must pass. */
package dev.latchkey.testkit;
