/**
 * Interaction with the user. {@link dev.latchkey.interaction.UserAgent} shows the authority's page, by default {@link
 * dev.latchkey.interaction.SystemBrowser}; {@link dev.latchkey.interaction.LoopbackOptions} and {@link
 * dev.latchkey.interaction.ResultPages} configure how the response is received.
 */
@NullMarked
package dev.latchkey.interaction;

import org.jspecify.annotations.NullMarked;
