package dev.latchkey;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import java.net.URI;
import java.util.Optional;

/** What an event is about. None of these shows a token in its {@code toString()}. */
public sealed interface EventPayload {
    /** The event says it all. */
    record None() implements EventPayload {}

    /**
     * A call began.
     *
     * @param scopes what is asked for
     * @param account for whom, if that is known
     */
    record Requested(Scopes scopes, Optional<Account> account) implements EventPayload {}

    /**
     * A call delivered a token.
     *
     * @param result the result
     */
    record Acquired(AuthenticationResult result) implements EventPayload {}

    /**
     * A call failed.
     *
     * @param error why
     */
    record Failed(AuthException error) implements EventPayload {}

    /**
     * It concerns an account; holds no token.
     *
     * @param account which
     */
    record Concerns(Account account) implements EventPayload {}

    /**
     * A page is shown.
     *
     * @param uri which, with its query: it holds no secret, but is for this person only
     */
    record Opened(URI uri) implements EventPayload {
        /** Without the query, which may name the person. */
        @Override
        public String toString() {
            return PrintableText.of("Opened[" + uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath() + "]");
        }
    }
}
