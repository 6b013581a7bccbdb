package dev.latchkey.core.error;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authority's error says about the grant that was sent to it, such as a refresh token. One table decides: the
 * first row that fits. Only what RFC 6749 section 5.2 or the authority's own documentation calls final ends a grant.
 */
public enum Refusal {
    /** The token is damaged: it is of no further use, and the user must interact. */
    BAD_TOKEN,
    /** The grant is invalid, expired or revoked: it is of no further use. */
    ENDED,
    /** The user must interact; the token stays good. */
    INTERACTION,
    /** This request was refused, for a reason that says nothing about the token; it stays good. */
    REQUEST,
    /** The authority is busy with the same token, or in trouble; the same request may succeed later. */
    LATER,
    /** Nothing about the grant. */
    OTHER;

    /** How the message of an exception begins whose cause is {@link #LATER}; descriptions may be longer than a message. */
    static final String TRY_LATER = "try again later, nothing was lost";

    private static final String ANY = "*";
    private static final String NONE = "";
    private static final String INVALID_GRANT = "invalid_grant";
    private static final String INVALID_REQUEST = "invalid_request";

    /** From the most specific to the most general. */
    private static final List<Row> TABLE = List.of(
            new Row(ANY, ANY, TRY_LATER, LATER),
            new Row(ErrorCodes.BAD_TOKEN, ANY, ANY, BAD_TOKEN),
            new Row(ANY, ErrorCodes.BAD_TOKEN, ANY, BAD_TOKEN),
            // RFC 6749 section 5.2, OpenID Connect Core 3.1.2.6, Entra ID
            new Row(ErrorCodes.INTERACTION_REQUIRED, ANY, ANY, INTERACTION),
            new Row(ErrorCodes.CONSENT_REQUIRED, ANY, ANY, INTERACTION),
            new Row(ErrorCodes.LOGIN_REQUIRED, ANY, ANY, INTERACTION),
            new Row("account_selection_required", ANY, ANY, INTERACTION),
            new Row(ErrorCodes.UI_NOT_ALLOWED, ANY, ANY, INTERACTION),
            new Row(ErrorCodes.INTERRUPTED_USER, ANY, ANY, INTERACTION),
            // Auth0, with status 403
            new Row(ErrorCodes.MFA_REQUIRED, ANY, ANY, INTERACTION),
            // Entra ID
            new Row(ANY, "message_only", ANY, INTERACTION),
            new Row(ANY, "additional_action", ANY, INTERACTION),
            new Row(ANY, "basic_action", ANY, INTERACTION),
            new Row(ANY, "user_password_expired", ANY, INTERACTION),
            new Row(ANY, ErrorCodes.CONSENT_REQUIRED, ANY, INTERACTION),
            new Row(ANY, ErrorCodes.UI_NOT_ALLOWED, ANY, INTERACTION),
            new Row(ANY, ErrorCodes.INTERRUPTED_USER, ANY, INTERACTION),
            // Salesforce
            new Row(INVALID_GRANT, NONE, "already being processed", LATER),
            // Entra ID names the error in the description of another
            new Row(ANY, ANY, ErrorCodes.MFA_REQUIRED, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.INTERACTION_REQUIRED, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.CONSENT_REQUIRED, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.LOGIN_REQUIRED, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.BAD_TOKEN, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.UI_NOT_ALLOWED, INTERACTION),
            new Row(ANY, ANY, ErrorCodes.INTERRUPTED_USER, INTERACTION),
            new Row(ANY, ANY, "account_selection_required", INTERACTION),
            // GitHub
            new Row("bad_refresh_token", ANY, ANY, ENDED),
            // Ory Hydra
            new Row(INVALID_REQUEST, NONE, "multiple concurrent requests", LATER),
            new Row("token_inactive", ANY, ANY, ENDED),
            // Zitadel has no other code for a refresh token that is of no use
            new Row(INVALID_REQUEST, NONE, "errors.oidcsession.refreshtokeninvalid", ENDED),
            new Row(INVALID_REQUEST, NONE, "errors.user.refreshtoken.invalid", ENDED),
            // RFC 6749 section 5.2: final, unless the authority adds a reason that is not
            new Row(INVALID_GRANT, NONE, ANY, ENDED),
            new Row(INVALID_GRANT, ANY, ANY, REQUEST));

    /** A row; {@link #ANY} fits everything, {@link #NONE} what is absent. The words occur anywhere, in lower case. */
    private record Row(String error, String subError, String words, Refusal meaning) {
        boolean fits(String actualError, @Nullable String actualSubError, String description) {
            return (error.equals(ANY) || error.equals(actualError))
                    && (subError.equals(ANY) || subError.equals(actualSubError == null ? NONE : actualSubError))
                    && (words.equals(ANY) || description.contains(words));
        }

        @Override
        public String toString() {
            return PrintableText.of(error + ", " + subError + ", " + words + ": " + meaning);
        }
    }

    /** What the error in these details means; their message is the authority's description. */
    public static Refusal of(ErrorDetails details) {
        return of(details.code(), details.subError(), details.message(), details.status());
    }

    static Refusal of(String error, @Nullable String subError, @Nullable String description, @Nullable Integer status) {
        String words = description == null ? "" : LowerCase.of(description);
        Refusal meaning = TABLE.stream()
                .filter(row -> row.fits(error, subError, words))
                .map(Row::meaning)
                .findFirst()
                .orElse(OTHER);
        // RFC 6749 section 5.2: a refusal of the grant has status 400. A server in trouble does not end a session.
        boolean isFinal = meaning == ENDED || meaning == BAD_TOKEN;
        return isFinal && isTrouble(status) ? LATER : meaning;
    }

    static boolean isTrouble(@Nullable Integer status) {
        return status != null && (status == 429 || status >= 500);
    }
}
