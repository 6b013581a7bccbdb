/** The local authority, tested with independent clients. */
package dev.latchkey.integration.foreign;
