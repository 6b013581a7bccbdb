package dev.latchkey;

import dev.latchkey.core.Secret;
import java.net.URI;

/**
 * A sign-in under way: the person is at the authority, and the answer will come to the redirect URI. Whoever gets the
 * answer needs what stands here to believe and redeem it, so it is kept meanwhile in the person's session: on a server,
 * in the browser only sealed so that it can neither read nor change it. Immutable and thread-safe.
 *
 * @param authorizationUri where to send the person
 * @param state names the sign-in in the answer; use each answer once
 * @param saved everything {@code handleRedirect} needs, as text to be stored; holds the proof key, a secret
 */
public record RedirectSignIn(URI authorizationUri, String state, Secret saved) {
    /** The address and the state are for the person's browser only. */
    @Override
    public String toString() {
        return "RedirectSignIn[" + authorizationUri.getHost() + "]";
    }
}
