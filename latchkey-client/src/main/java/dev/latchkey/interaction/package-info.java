/**
 * Where the person is asked. {@link dev.latchkey.interaction.UserAgent} shows the page,
 * {@link dev.latchkey.interaction.SystemBrowser} being the usual one; {@link dev.latchkey.interaction.LoopbackListener}
 * waits for the answer.
 */
package dev.latchkey.interaction;
