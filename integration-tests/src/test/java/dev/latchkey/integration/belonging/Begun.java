package dev.latchkey.integration.belonging;

import dev.latchkey.RedirectSignIn;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in by redirect whose answer has come to the application.
 *
 * @param signIn what was saved
 * @param asked what was asked for
 * @param landing where the browser came out
 * @param person who signed in; null if nobody did
 */
record Begun(
        RedirectSignIn signIn,
        Asked asked,
        Landing landing,
        @Nullable Person person) {}
