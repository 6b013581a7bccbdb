package dev.latchkey.spring.web;

import dev.latchkey.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who makes a request: the account that its session means. Thread-safe. */
public final class Principals {
    private final CurrentSession sessions;
    private final String rolesClaim;

    /** People of these sessions; their roles are in that claim of their ID tokens. */
    public Principals(CurrentSession sessions, String rolesClaim) {
        this.sessions = sessions;
        this.rolesClaim = rolesClaim;
    }

    /** Empty if nobody signed in, or several did and none is active. */
    public Optional<LatchkeyPrincipal> of(HttpServletRequest request) {
        return sessions.of(request)
                .flatMap(WebSession::account)
                .map(account -> LatchkeyPrincipal.of(account, rolesClaim));
    }
}
