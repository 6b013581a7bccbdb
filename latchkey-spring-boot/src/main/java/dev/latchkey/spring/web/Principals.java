package dev.latchkey.spring.web;

import dev.latchkey.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Looks up the user who makes a request: the account used by its session. Thread-safe. */
public final class Principals {
    private final CurrentSession sessions;
    private final String rolesClaim;

    /** Creates a look-up in these sessions; roles are read from the given claim of the ID token. */
    public Principals(CurrentSession sessions, String rolesClaim) {
        this.sessions = sessions;
        this.rolesClaim = rolesClaim;
    }

    /** The user who makes a request; empty if nobody signed in, or several accounts did and none is active. */
    public Optional<LatchkeyPrincipal> of(HttpServletRequest request) {
        return sessions.of(request)
                .flatMap(WebSession::account)
                .map(account -> LatchkeyPrincipal.of(account, rolesClaim));
    }
}
