/** Whoever signed in through Latchkey is who Spring Security sees: {@link dev.latchkey.spring.security.LatchkeyHttpConfigurer}. */
@NullMarked
package dev.latchkey.spring.security;

import org.jspecify.annotations.NullMarked;
