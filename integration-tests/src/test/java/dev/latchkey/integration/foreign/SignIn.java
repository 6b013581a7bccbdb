package dev.latchkey.integration.foreign;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;

/** A user completes a sign-in that a foreign client requested. */
final class SignIn {
    static final String ALICE = "alice@contoso.example";
    static final String REDIRECT_URI = "http://localhost";

    private SignIn() {}

    /** The code for an authorization request, from a user who consents to everything. */
    static String codeFor(LocalAuthority authority, URI authorizationRequest) {
        return answer(authority.person(ALICE), authorizationRequest).answer().get("code");
    }

    static Visit answer(ScriptedPerson person, URI authorizationRequest) {
        Visit visit = person.visitUpToRedirect(authorizationRequest);
        if (!visit.answer().containsKey("code")) {
            throw new AssertionError(
                    "no code came: " + visit + " " + visit.answer().get("error_description"));
        }
        return visit;
    }
}
