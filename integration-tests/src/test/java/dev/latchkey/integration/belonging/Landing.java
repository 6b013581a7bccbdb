package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.Parameters;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser comes out of a sign-in.
 *
 * @param to the redirect URI
 * @param answer what it brings there
 * @param formPost whether in a form, else in the query
 * @param person who signed in; null if nobody did
 */
record Landing(
        URI to,
        Parameters answer,
        boolean formPost,
        @Nullable Person person) {
    /** With the answer in the query. */
    URI inQuery() {
        return URI.create(to + "?" + answer.encode());
    }
}
