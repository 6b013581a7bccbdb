/** Whoever signed in through Latchkey is who Spring Security sees: {@link dev.latchkey.spring.security.LatchkeyHttpConfigurer}. */
package dev.latchkey.spring.security;
