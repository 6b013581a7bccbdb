package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access token and the data that belongs to it. Immutable and thread-safe. A cheap view of the cache at the time of
 * the call; later changes do not show. {@link #toString()} never contains a token.
 *
 * <p>Do not keep a result to use its token later: request a token before every API call, which costs about as much as a
 * map look-up.
 */
public final class AuthenticationResult {
    private final AccessTokenEntry token;
    private final Partition partition;
    private final String authority;
    private final boolean fromCache;
    private final @Nullable String correlationId;
    private final @Nullable String state;

    private AuthenticationResult(
            AccessTokenEntry token,
            Partition partition,
            Origin origin,
            @Nullable String correlationId,
            @Nullable String state) {
        this.token = token;
        this.partition = partition;
        this.authority = origin.authority;
        this.fromCache = origin.fromCache;
        this.correlationId = correlationId;
        this.state = state;
    }

    /**
     * Where a result came from.
     *
     * @param authority the authority that issued the token
     * @param fromCache whether the token came from the cache, without network access
     */
    public record Origin(String authority, boolean fromCache) {}

    /** Creates a result from cached entries; for the engine, and for tests of code that takes results. */
    public static AuthenticationResult of(
            AccessTokenEntry token,
            Partition partition,
            Origin origin,
            @Nullable String correlationId,
            @Nullable String state) {
        return new AuthenticationResult(token, partition, origin, correlationId, state);
    }

    /**
     * The access token, for the one resource it was requested for. Never log it. Empty if there is none: see {@link
     * #hasAccessToken}.
     */
    public String accessToken() {
        return token.secret().reveal();
    }

    /**
     * Whether there is an access token. A request for OpenID Connect's own scopes alone (such as {@code openid profile})
     * asks only who signs in, and some authorities answer it with an ID token and no access token (Azure AD B2C). For any
     * other scope an answer without one is an error. Such a result is never cached: {@link #expiresOn} is the time of the
     * request.
     */
    public boolean hasAccessToken() {
        return !accessToken().isEmpty();
    }

    /**
     * The value of the {@code Authorization} header (RFC 6750 section 2.1): type and token.
     *
     * @throws IllegalStateException if there is no access token
     */
    public String authorizationHeader() {
        if (!hasAccessToken()) {
            throw new IllegalStateException(
                    "the authority issued no access token: only who signs in was asked for; request a scope of the API");
        }
        return token.tokenType() + " " + accessToken();
    }

    /** The type of the token, {@code Bearer}. */
    public String tokenType() {
        return token.tokenType();
    }

    /** The granted scopes; may be more than were requested. */
    public Scopes scopes() {
        return token.target();
    }

    /** The resource the token is bound to (RFC 8707), if one was requested. */
    public Optional<String> resource() {
        return Optional.ofNullable(token.resource());
    }

    /** When the access token expires. */
    public Instant expiresOn() {
        return token.expiresOn();
    }

    /** The extended expiry, valid while the authority is down; present only if the authority grants one. */
    public Optional<Instant> extExpiresOn() {
        return Optional.ofNullable(token.extendedExpiresOn());
    }

    /** When the authority wants the token renewed early, if it said so. */
    public Optional<Instant> refreshOn() {
        return Optional.ofNullable(token.refreshOn());
    }

    /** The account that signed in; empty if the authority issued no ID token. */
    public Optional<Account> account() {
        return Optional.ofNullable(partition.account(token.clientId(), token.realm()));
    }

    /** The verified ID token, for {@code id_token_hint} and the like; to call an API, use {@link #accessToken()}. */
    public Optional<String> idToken() {
        return Optional.ofNullable(idTokenEntry()).map(entry -> entry.secret().reveal());
    }

    /** The claims of the verified ID token; empty if there is none. */
    public JsonObject idTokenClaims() {
        IdTokenEntry entry = idTokenEntry();
        return entry == null ? JsonObject.EMPTY : entry.claims();
    }

    /** The tenant the token is for; empty if the authority has no tenants. */
    public String tenantId() {
        return token.realm();
    }

    /** The user's id in the tenant ({@code oid}, else {@code sub}); empty without an ID token. */
    public String uniqueId() {
        return account().map(Account::localAccountId).orElse("");
    }

    /** The authority that issued the token. */
    public String authority() {
        return authority;
    }

    /** Whether the token came from the cache, without network access. */
    public boolean fromCache() {
        return fromCache;
    }

    /**
     * The correlation id of the call, as sent to the authority; empty for a cached token unless the caller supplied
     * one.
     */
    public Optional<String> correlationId() {
        return Optional.ofNullable(correlationId);
    }

    /** The state that the caller put into the request. */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    private @Nullable IdTokenEntry idTokenEntry() {
        return partition.idToken(token.clientId(), token.realm());
    }

    @Override
    public String toString() {
        return "AuthenticationResult[" + tokenType() + " for " + scopes() + ", expires " + expiresOn()
                + (fromCache ? ", from cache]" : "]");
    }
}
