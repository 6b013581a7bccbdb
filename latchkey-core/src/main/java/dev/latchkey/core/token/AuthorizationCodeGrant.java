package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.http.Parameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The grant of an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
 *
 * @param code the code
 * @param request what was sent to get it
 * @param maxAge the {@code max_age} that was asked for, if any
 */
public record AuthorizationCodeGrant(
        Secret code, AuthorizationRequest request, @Nullable Duration maxAge) implements Grant {
    @Override
    public void write(Parameters.Builder form) {
        form.set("grant_type", "authorization_code")
                .set("code", code.reveal())
                .set("redirect_uri", request.redirectUri().toString())
                .set("code_verifier", request.pkce().verifier().reveal());
    }

    /** Without an ID token nobody has signed in, and it must be the answer to this request (OpenID Connect Core 3.1.3.7). */
    @Override
    public AnswerBinding binding() {
        return new AnswerBinding(AnswerBinding.IdTokenRule.REQUIRED, request.nonce(), null, maxAge);
    }
}
