package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.Parameters;
import java.net.URI;

/**
 * Where a browser comes out of a sign-in.
 *
 * @param to the redirect URI
 * @param answer what it brings there
 * @param formPost whether in a form, else in the query
 */
record Landing(URI to, Parameters answer, boolean formPost) {
    /** With the answer in the query. */
    URI inQuery() {
        return URI.create(to + "?" + answer.encode());
    }
}
