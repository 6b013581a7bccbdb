package dev.latchkey;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import java.net.URI;
import java.util.Optional;

/** The details of an event. No {@code toString()} of a payload contains a token. */
public sealed interface EventPayload {
    /** No details besides the event type. */
    record None() implements EventPayload {}

    /**
     * A call began.
     *
     * @param scopes the requested scopes
     * @param account the account the token is for, if known
     */
    record Requested(Scopes scopes, Optional<Account> account) implements EventPayload {}

    /**
     * A call returned a token.
     *
     * @param result the result
     */
    record Acquired(AuthenticationResult result) implements EventPayload {}

    /**
     * A call failed.
     *
     * @param error the cause
     */
    record Failed(AuthException error) implements EventPayload {}

    /**
     * The event concerns an account; holds no token.
     *
     * @param account the account
     */
    record Concerns(Account account) implements EventPayload {}

    /**
     * A page was opened.
     *
     * @param uri the address with its query; holds no secret, but is meant for this user only
     */
    record Opened(URI uri) implements EventPayload {
        /** Omits the query, which may name the user. */
        @Override
        public String toString() {
            return PrintableText.of("Opened[" + uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath() + "]");
        }
    }
}
