package dev.latchkey.internal.tokens;

import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.Refusal;
import dev.latchkey.core.error.ServerException;
import org.jspecify.annotations.Nullable;

/** The rules about refresh tokens: which one to send, and what a refusal says about it. */
public final class RefreshTokens {
    private RefreshTokens() {}

    /** The one to send, or ask the person. */
    public static RefreshTokenEntry required(@Nullable RefreshTokenEntry token, String correlationId) {
        if (token == null) {
            throw new InteractionRequiredAuthException(ErrorDetails.of(
                            ErrorCodes.NO_TOKENS_FOUND,
                            "the cache holds no refresh token for this account; ask the person")
                    .correlationId(correlationId));
        }
        return token;
    }

    /** Whether the family's token was refused because this client is not in the family after all. */
    public static boolean isFamilyRefusal(RefreshTokenEntry used, AuthException error) {
        return used.familyId() != null
                && error.subError().filter("client_mismatch"::equals).isPresent();
    }

    /** Whether the server refused the grant itself, for whatever reason, and waiting would not help. */
    public static boolean isRefused(AuthException error) {
        boolean fromServer = error instanceof ServerException || error instanceof InteractionRequiredAuthException;
        return fromServer
                && switch (Refusal.of(error.details())) {
                    case BAD_TOKEN, ENDED, REQUEST -> true;
                    case INTERACTION -> error.errorCode().equals("invalid_grant");
                    case LATER, OTHER -> false;
                };
    }

    /**
     * Whether more was asked for than the person ever granted: scopes (RFC 6749 section 5.2) or a resource (RFC 8707
     * section 2). The token stays good.
     */
    public static boolean exceedsGrant(AuthException error) {
        return isScopeRefused(error)
                || (error instanceof ServerException && error.errorCode().equals("invalid_target"));
    }

    /** Whether the scopes, or that there are some, was what was refused. */
    public static boolean isScopeRefused(AuthException error) {
        return error instanceof ServerException && error.errorCode().equals("invalid_scope");
    }

    /**
     * Whether the refused token is dead. A refusal that wants something from the person, such as consent or a second
     * factor, and a family's refusal of one client leave it good.
     */
    public static boolean isDead(AuthException error) {
        return switch (Refusal.of(error.details())) {
            case BAD_TOKEN -> true;
            // Where the person is asked all the same, a longer description said so than a message holds.
            case ENDED -> error instanceof ServerException;
            case INTERACTION, REQUEST, LATER, OTHER -> false;
        };
    }

    /** There is no hidden frame in this process: a refused refresh token means that the person has to be asked. */
    public static InteractionRequiredAuthException asPersonRequired(AuthException error) {
        return error instanceof InteractionRequiredAuthException required
                ? required
                : new InteractionRequiredAuthException(error.details().cause(error));
    }
}
