/** Processes that share a store are killed while they renew: {@code KilledProcessTest}. */
package dev.latchkey.integration.kill;
