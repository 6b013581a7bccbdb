package dev.latchkey.authority.authorize;

import dev.latchkey.authority.state.SignedIn;
import java.util.Optional;

/** How far a person has come on the pages: who they are, and whether they have just allowed what was asked. */
record Progress(Optional<SignedIn> chosen, boolean consented) {
    static final Progress START = new Progress(Optional.empty(), false);

    Progress chosen(SignedIn person) {
        return new Progress(Optional.of(person), consented);
    }

    Progress withConsent() {
        return new Progress(chosen, true);
    }
}
