package dev.latchkey.core.token;

import dev.latchkey.core.http.Parameters;

/**
 * What a request to the token endpoint is granted tokens for (RFC 6749 section 1.3), and what its answer must be to be
 * believed. Each grant is one class; {@link TokenRequest} adds what all requests share, and the client authentication
 * comes last, so a grant writes neither.
 */
public interface Grant {
    /** Writes {@code grant_type} and the parameters of this grant. */
    void write(Parameters.Builder form);

    /** What ties the answer to what was asked. */
    AnswerBinding binding();
}
