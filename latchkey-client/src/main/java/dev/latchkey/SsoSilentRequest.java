package dev.latchkey;

import dev.latchkey.core.Scopes;
import java.util.Optional;

/**
 * What {@code ssoSilent} is asked for: a sign-in without asking anybody. Immutable.
 *
 * @param scopes what is asked for; empty means just the sign-in
 * @param loginHint whose session is meant, for example a user name
 * @param sid which session is meant, by the {@code sid} claim
 */
public record SsoSilentRequest(Scopes scopes, Optional<String> loginHint, Optional<String> sid) {
    /** A request for scopes by login hint. */
    public static SsoSilentRequest byLoginHint(String loginHint, String... scopes) {
        return new SsoSilentRequest(Scopes.of(scopes), Optional.of(loginHint), Optional.empty());
    }

    /** A request for scopes by session id. */
    public static SsoSilentRequest bySid(String sid, String... scopes) {
        return new SsoSilentRequest(Scopes.of(scopes), Optional.empty(), Optional.of(sid));
    }

    /** A request for whoever has a session. */
    public static SsoSilentRequest of(String... scopes) {
        return new SsoSilentRequest(Scopes.of(scopes), Optional.empty(), Optional.empty());
    }
}
