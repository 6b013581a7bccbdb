package dev.latchkey.web.session;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an account in a tenant. It grants nothing: whether a session may use the account is up to {@link
 * SessionData#holds}.
 *
 * @param homeAccountId the account's id across tenants
 * @param environment the authority's host under which it is stored
 * @param tenantId the tenant; empty if there is none
 */
public record AccountRef(String homeAccountId, String environment, String tenantId) {
    /** The reference of an account. */
    public static AccountRef of(Account account) {
        return new AccountRef(account.homeAccountId(), account.environment(), account.tenantId());
    }

    /**
     * Reads the reference in a member; null if the member is absent or null.
     *
     * @throws IllegalArgumentException if the member is present but identifies no account; the request must not be
     *     treated as one without an account
     */
    public static @Nullable AccountRef read(JsonObject json, String member) {
        if (json.asMap().get(member) == null) {
            return null;
        }
        JsonObject named = json.object(member);
        if (named == null) {
            throw new IllegalArgumentException(member + " is not an account");
        }
        return of(named);
    }

    /** Reads a reference from its JSON members. */
    static AccountRef of(JsonObject json) {
        AccountRef named = new AccountRef(
                json.string("homeAccountId", ""), json.string("environment", ""), json.string("tenantId", ""));
        if (named.homeAccountId.isEmpty() || named.environment.isEmpty()) {
            throw new IllegalArgumentException("an account requires homeAccountId and environment");
        }
        // Values that no key can hold are rejected here, where the sender gets the error, rather than at the look-up.
        var unused = named.key();
        return named;
    }

    /** As JSON members. */
    public Map<String, String> write() {
        return Map.of("homeAccountId", homeAccountId, "environment", environment, "tenantId", tenantId);
    }

    /** The partition of the account's tokens. */
    public PartitionKey key() {
        return PartitionKey.user(environment, homeAccountId);
    }

    /** Whether both are the same account, in whatever tenant. */
    public boolean isSameAccountAs(AccountRef other) {
        return key().equals(other.key());
    }
}
