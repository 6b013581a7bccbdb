package dev.latchkey.core.error;

import dev.latchkey.core.PrintableText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error response of an authority (RFC 6749 sections 4.1.2.1 and 5.2) with Entra's additions. Decides which errors
 * require user interaction.
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

    private static final Set<String> ASK_BY_ERROR = Set.of(
            ErrorCodes.INTERACTION_REQUIRED,
            ErrorCodes.CONSENT_REQUIRED,
            ErrorCodes.LOGIN_REQUIRED,
            ErrorCodes.BAD_TOKEN,
            ErrorCodes.UI_NOT_ALLOWED,
            ErrorCodes.INTERRUPTED_USER,
            // OpenID Connect Core 3.1.2.6
            "account_selection_required");

    private static final Set<String> ASK_BY_SUBERROR = Set.of(
            "message_only",
            "additional_action",
            "basic_action",
            "user_password_expired",
            ErrorCodes.CONSENT_REQUIRED,
            ErrorCodes.BAD_TOKEN,
            ErrorCodes.UI_NOT_ALLOWED,
            ErrorCodes.INTERRUPTED_USER);

    /** Whether user interaction is required, judged by error, suberror or the documented words in the description. */
    public boolean asksForPerson() {
        return ASK_BY_ERROR.contains(error)
                || (subError != null && ASK_BY_SUBERROR.contains(subError))
                || (description != null && ASK_BY_ERROR.stream().anyMatch(description::contains));
    }

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
        return asksForPerson() ? new InteractionRequiredAuthException(details) : new ServerException(details);
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
