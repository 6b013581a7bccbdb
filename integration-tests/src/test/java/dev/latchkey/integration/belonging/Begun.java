package dev.latchkey.integration.belonging;

import dev.latchkey.RedirectSignIn;
import org.jspecify.annotations.Nullable;

/**
 * A redirect sign-in whose response has reached the application.
 *
 * @param signIn the saved sign-in
 * @param asked the request
 * @param landing the redirect with the response
 * @param person the user who signed in; null if nobody did
 */
record Begun(
        RedirectSignIn signIn,
        Asked asked,
        Landing landing,
        @Nullable Person person) {}
