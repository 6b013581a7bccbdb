package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.Parameters;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The redirect at the end of a sign-in.
 *
 * @param to the redirect URI
 * @param answer the response parameters
 * @param formPost whether by form post; otherwise in the query
 * @param person the user who signed in; null if nobody did
 */
record Landing(
        URI to,
        Parameters answer,
        boolean formPost,
        @Nullable Person person) {
    /** The redirect URI with the response in the query. */
    URI inQuery() {
        return URI.create(to + "?" + answer.encode());
    }
}
