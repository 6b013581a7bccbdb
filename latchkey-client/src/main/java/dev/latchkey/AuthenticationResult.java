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
 * A token and what belongs to it. Immutable and thread-safe; a cheap view of what the cache held at that moment, so that
 * later changes do not show. Neither token ever stands in {@link #toString()}.
 *
 * <p>Do not keep it to use the token later: ask again before every call to the API, which costs about as much as a
 * look-up in a map.
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
     * @param fromCache whether no network was needed
     */
    public record Origin(String authority, boolean fromCache) {}

    /** A result over cached entries; for the engine, and for tests of code that takes results. */
    public static AuthenticationResult of(
            AccessTokenEntry token,
            Partition partition,
            Origin origin,
            @Nullable String correlationId,
            @Nullable String state) {
        return new AuthenticationResult(token, partition, origin, correlationId, state);
    }

    /** The access token itself, for the one resource it was asked for. Never log it. */
    public String accessToken() {
        return token.secret().reveal();
    }

    /** The value of the {@code Authorization} header (RFC 6750 section 2.1): type and token. */
    public String authorizationHeader() {
        return token.tokenType() + " " + accessToken();
    }

    /** The type of the token, {@code Bearer}. */
    public String tokenType() {
        return token.tokenType();
    }

    /** What was granted; may be more than was asked for. */
    public Scopes scopes() {
        return token.target();
    }

    /** The resource the token is bound to (RFC 8707), if it was asked for one. */
    public Optional<String> resource() {
        return Optional.ofNullable(token.resource());
    }

    /** When the access token expires. */
    public Instant expiresOn() {
        return token.expiresOn();
    }

    /** When it expires at the latest if the authority is down, where the authority promises that. */
    public Optional<Instant> extExpiresOn() {
        return Optional.ofNullable(token.extendedExpiresOn());
    }

    /** When the authority wants it renewed early, if it said so. */
    public Optional<Instant> refreshOn() {
        return Optional.ofNullable(token.refreshOn());
    }

    /** Who signed in; empty where the authority gave no ID token. */
    public Optional<Account> account() {
        return Optional.ofNullable(partition.account(token.clientId(), token.realm()));
    }

    /** The verified ID token, for {@code id_token_hint} and the like; to call an API use {@link #accessToken()}. */
    public Optional<String> idToken() {
        return Optional.ofNullable(idTokenEntry()).map(entry -> entry.secret().reveal());
    }

    /** The claims of the verified ID token; empty if there is none. */
    public JsonObject idTokenClaims() {
        IdTokenEntry entry = idTokenEntry();
        return entry == null ? JsonObject.EMPTY : entry.claims();
    }

    /** The tenant the token is for; empty where the authority has no tenants. */
    public String tenantId() {
        return token.realm();
    }

    /** The person's id in the tenant ({@code oid}, else {@code sub}); empty without an ID token. */
    public String uniqueId() {
        return account().map(Account::localAccountId).orElse("");
    }

    /** The authority that issued the token. */
    public String authority() {
        return authority;
    }

    /** Whether no network was needed. */
    public boolean fromCache() {
        return fromCache;
    }

    /** The id of the call, as sent to the authority; empty for a cached token unless the caller gave one. */
    public Optional<String> correlationId() {
        return Optional.ofNullable(correlationId);
    }

    /** What the caller put into the request to get back. */
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
