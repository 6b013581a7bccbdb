/** The local authority, asked by clients that nobody here wrote. */
package dev.latchkey.integration.foreign;
