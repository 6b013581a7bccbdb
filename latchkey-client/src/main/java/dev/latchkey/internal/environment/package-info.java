/**
 * What an application was built with and what it runs on: {@link dev.latchkey.internal.environment.Settings}, and the
 * network as the engine sees it.
 */
@NullMarked
package dev.latchkey.internal.environment;

import org.jspecify.annotations.NullMarked;
