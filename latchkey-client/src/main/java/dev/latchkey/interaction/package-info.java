/**
 * How the person is asked. {@link dev.latchkey.interaction.UserAgent} shows the authority's page, {@link
 * dev.latchkey.interaction.SystemBrowser} being the usual one; {@link dev.latchkey.interaction.LoopbackOptions} and {@link
 * dev.latchkey.interaction.ResultPages} are about the way back.
 */
@NullMarked
package dev.latchkey.interaction;

import org.jspecify.annotations.NullMarked;
