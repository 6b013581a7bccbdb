/** The status page and its switches; start at {@link dev.latchkey.authority.status.StatusService}. */
package dev.latchkey.authority.status;
