package dev.latchkey.authority.authorize;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.page.Details;
import dev.latchkey.authority.state.SignedIn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What comes next on the way to an answer. */
sealed interface Step {
    /** A person types user name and password. */
    record AskSignIn(String userName) implements Step {}

    /** A person chooses among those signed in. */
    record AskAccount(List<SignedIn> people) implements Step {}

    /** A person allows or refuses scopes. */
    record AskConsent(SignedIn person, Identity identity, Set<String> scopes) implements Step {}

    /** A person signs up, sets a new password or changes their profile, as the B2C policy has it. */
    record AskDetails(Details details, Optional<SignedIn> person) implements Step {}

    /** Nothing is left to ask. */
    record Proceed(SignedIn person, Identity identity) implements Step {}
}
