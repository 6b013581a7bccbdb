/**
 * Auto-configuration for Spring Boot: {@link dev.latchkey.spring.boot.LatchkeyProperties} says what can be set, {@link
 * dev.latchkey.spring.boot.LatchkeyAutoConfiguration} makes the application.
 */
@NullMarked
package dev.latchkey.spring.boot;

import org.jspecify.annotations.NullMarked;
