/** Whatever comes from outside gets an answer or a refusal in bounded time, and so does a call of what is closed. */
package dev.latchkey.integration.hostile;
