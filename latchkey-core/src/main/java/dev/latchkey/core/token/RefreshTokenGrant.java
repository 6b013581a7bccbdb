package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.http.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The grant of a refresh token (RFC 6749 section 6).
 *
 * @param refreshToken the refresh token
 * @param subject whose it is, as the last ID token from there said; null if there is none
 */
public record RefreshTokenGrant(
        Secret refreshToken, @Nullable String subject) implements Grant {
    @Override
    public void write(Parameters.Builder form) {
        form.set("grant_type", "refresh_token").set("refresh_token", refreshToken.reveal());
    }

    /** There need not be an ID token; one that comes is of the same subject (OpenID Connect Core 12.2). */
    @Override
    public AnswerBinding binding() {
        return AnswerBinding.renewal(subject);
    }

    @Override
    public String toString() {
        return PrintableText.of("RefreshTokenGrant[subject " + subject + "]");
    }
}
