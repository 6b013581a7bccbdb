/**
 * Spring Security integration for users who signed in through Latchkey: {@link
 * dev.latchkey.spring.security.LatchkeyHttpConfigurer}.
 */
@NullMarked
package dev.latchkey.spring.security;

import org.jspecify.annotations.NullMarked;
