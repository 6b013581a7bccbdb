/** Any input from outside gets a result or an error in limited time, and so does a call of a closed object. */
package dev.latchkey.integration.hostile;
