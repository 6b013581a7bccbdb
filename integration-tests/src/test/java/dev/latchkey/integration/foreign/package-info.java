/** The local authority, tested with independent clients; caches exchanged with them. */
package dev.latchkey.integration.foreign;
