/**
 * The configuration of an application and the platform it runs on: {@link dev.latchkey.internal.environment.Settings},
 * and the network as the engine sees it.
 */
@NullMarked
package dev.latchkey.internal.environment;

import org.jspecify.annotations.NullMarked;
