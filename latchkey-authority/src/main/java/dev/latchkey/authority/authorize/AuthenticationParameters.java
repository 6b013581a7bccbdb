package dev.latchkey.authority.authorize;

import dev.latchkey.authority.User;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.state.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What the client said about who should sign in, and how. */
record AuthenticationParameters(
        Set<Prompt> prompts,
        Optional<String> loginHint,
        Optional<String> domainHint,
        Optional<String> sessionId,
        Optional<String> subject,
        Optional<Duration> maxAge) {
    boolean prompts(Prompt prompt) {
        return prompts.contains(prompt);
    }

    /** Whether a person must type their password whatever the session says; {@code max_age=0} says so too. */
    boolean wantsFreshSignIn() {
        return prompts(Prompt.LOGIN)
                || prompts(Prompt.CREATE)
                || maxAge.filter(Duration::isZero).isPresent();
    }

    /** Whether a sign-in is recent enough for {@code max_age}. */
    boolean isRecentEnough(SignedIn person, Instant now) {
        return maxAge.isEmpty() || !person.authenticatedAt().plus(maxAge.get()).isBefore(now);
    }

    /** Whether a signed-in person is one the hints allow. */
    boolean means(SignedIn person) {
        return means(person.user())
                && isSubject(person)
                && sessionId.filter(sid -> !sid.equals(person.sessionId())).isEmpty();
    }

    /** Whether a person is the one whose {@code sub} is asked for, if one is. */
    boolean isSubject(SignedIn person) {
        return subject.isEmpty() || subject.get().equals(person.user().id().toString());
    }

    private boolean means(User user) {
        boolean named = loginHint.isEmpty() || Identity.isMeantBy(user, loginHint.get());
        boolean domain = domainHint.isEmpty()
                || domainHint.get().equalsIgnoreCase("organizations")
                || domainHint.get().equalsIgnoreCase("consumers")
                || domainHint.get().equalsIgnoreCase(user.domain());
        return named && domain;
    }
}
