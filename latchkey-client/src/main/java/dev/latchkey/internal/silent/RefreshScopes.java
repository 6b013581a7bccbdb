package dev.latchkey.internal.silent;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.tokens.RefreshTokens;
import java.net.URI;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a refresh sends {@code scope}, which is optional there (RFC 6749 section 6). Some authorities refuse it whatever
 * it names; Entra ID needs it. A request for more than was granted is one for the user.
 */
final class RefreshScopes {
    private static final int MOST_REMEMBERED = 100;

    private final String clientId;

    /** The token endpoints that refuse it. */
    private final Set<URI> refusing = ConcurrentHashMap.newKeySet();

    RefreshScopes(String clientId) {
        this.clientId = clientId;
    }

    /** The request, without scopes if the endpoint is known to refuse them and what is wanted was granted before. */
    TokenRequest withoutIfRefused(TokenRequest message, @Nullable Scopes granted, Attempt attempt) {
        boolean isRefused = refusing.contains(message.endpoint()) && granted != null && holds(granted, attempt);
        return isRefused ? message.withScopes(Scopes.NONE) : message;
    }

    /** Whether a refused request may be repeated without scopes. */
    static boolean mayBeLeftOut(
            TokenRequest message, AuthException refusal, @Nullable Scopes granted, Attempt attempt) {
        return RefreshTokens.isScopeRefused(refusal)
                && !message.scopes().isEmpty()
                && !attempt.authority().isEntraShaped()
                && (granted == null || holds(granted, attempt));
    }

    /**
     * Learns from what came without scopes after they were refused: the parameter was refused if it holds what was wanted.
     * Otherwise the scopes were.
     *
     * @throws AuthException the refusal, if the scopes were refused
     */
    void judge(AuthException refusal, TokenRecord record, Attempt attempt) {
        if (!holds(Objects.requireNonNull(record.accessToken()).target(), attempt)) {
            throw refusal;
        }
        if (refusing.size() < MOST_REMEMBERED) {
            refusing.add(attempt.authority().metadata().tokenEndpoint());
        }
    }

    /**
     * What the last access token for the tenant and resource was granted, which the refresh token that came with it, or
     * fetched it, covers; null if there is none. An earlier sign-in may have been granted what this one was not.
     */
    @Nullable
    Scopes grantedLast(Partition partition, Attempt attempt) {
        String resource = attempt.request().resource().orElse(null);
        return partition.accessTokens().stream()
                .filter(token -> token.clientId().equals(clientId)
                        && token.realm().equalsIgnoreCase(attempt.realm())
                        && Objects.equals(token.resource(), resource))
                .max(Comparator.comparingLong(AccessTokenEntry::cachedAtMillis))
                .map(AccessTokenEntry::target)
                .orElse(null);
    }

    private static boolean holds(Scopes granted, Attempt attempt) {
        return granted.containsAll(attempt.request().scopes().forLookup());
    }
}
