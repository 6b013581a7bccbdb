package dev.latchkey.core.error;

import dev.latchkey.core.PrintableText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error response of an authority (RFC 6749 sections 4.1.2.1 and 5.2) with Entra's additions. {@link Refusal} decides
 * which errors require user interaction.
 *
 * @param error the {@code error} member
 * @param description the {@code error_description} member
 * @param subError the {@code suberror} member
 * @param claims the {@code claims} member
 */
public record OAuthError(
        String error,
        @Nullable String description,
        @Nullable String subError,
        @Nullable String claims) {
    private static final String B2C_CANCELLED = "AADB2C90091";
    private static final String B2C_FORGOTTEN_PASSWORD = "AADB2C90118";

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The exception to throw. */
    public AuthException toException(ErrorDetails where) {
        ErrorDetails details = new ErrorDetails(
                error,
                readable(),
                subError,
                claims,
                where.endpoint(),
                where.correlationId(),
                where.status(),
                where.retryAfter(),
                null);
        if (isCancelled()) {
            return new BrowserAuthException(details.code(ErrorCodes.USER_CANCELLED));
        }
        if (isDescribedBy(B2C_FORGOTTEN_PASSWORD)) {
            return new BrowserAuthException(details.code(ErrorCodes.PASSWORD_RESET_REQUIRED));
        }
        return switch (Refusal.of(error, subError, description, where.status())) {
            case INTERACTION, BAD_TOKEN -> new InteractionRequiredAuthException(details);
            case LATER -> new ServerException(later(details));
            case ENDED, REQUEST, OTHER -> new ServerException(details);
        };
    }

    /** Nothing is lost, and nobody has to do anything but wait. The advice comes first: descriptions may be long. */
    private static ErrorDetails later(ErrorDetails details) {
        boolean saysWhen = details.retryAfter() != null || Refusal.isTrouble(details.status());
        return details.message(Refusal.TRY_LATER + ": " + details.message())
                .retryAfter(saysWhen ? details.retryAfter() : PAUSE);
    }

    /** Entra tells by suberror that the person left, B2C by a number at the start of the description. */
    private boolean isCancelled() {
        return ErrorCodes.USER_CANCELLED.equals(subError) || isDescribedBy(B2C_CANCELLED);
    }

    private boolean isDescribedBy(String number) {
        return description != null && description.startsWith(number);
    }

    private String readable() {
        if (description == null || description.isBlank()) {
            return "the authority gave no description";
        }
        return description.trim();
    }

    @Override
    public String toString() {
        return PrintableText.of("OAuthError[" + error + ", suberror " + subError + "]");
    }
}
