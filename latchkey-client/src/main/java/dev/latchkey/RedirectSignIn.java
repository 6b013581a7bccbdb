package dev.latchkey;

import dev.latchkey.core.Secret;
import java.net.URI;

/**
 * A sign-in in progress: the user is sent to the authority, and the response will arrive at the redirect URI. The saved
 * data is needed to check and redeem the response, so keep it in the user's session: on the server, or in the browser
 * only if sealed so that the browser can neither read nor change it. Immutable and thread-safe.
 *
 * @param authorizationUri the address to send the user to
 * @param state identifies the sign-in in the response; use each response only once
 * @param saved everything {@code handleRedirect} needs, as text to be stored; contains the proof key, a secret
 */
public record RedirectSignIn(URI authorizationUri, String state, Secret saved) {
    /** Omits the address and the state, which are for the user's browser only. */
    @Override
    public String toString() {
        return "RedirectSignIn[" + authorizationUri.getHost() + "]";
    }
}
