/**
 * Auto-configuration for Spring Boot: {@link dev.latchkey.spring.boot.LatchkeyProperties} are the properties, {@link
 * dev.latchkey.spring.boot.LatchkeyAutoConfiguration} creates the application.
 */
@NullMarked
package dev.latchkey.spring.boot;

import org.jspecify.annotations.NullMarked;
