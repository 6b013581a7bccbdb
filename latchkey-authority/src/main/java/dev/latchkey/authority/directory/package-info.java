/**
 * Who and what the authority knows; start at {@link dev.latchkey.authority.directory.Directory}.
 */
package dev.latchkey.authority.directory;
