package dev.latchkey.web.session;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points at an account as seen in a tenant. It names, it does not permit: whether a session may use the account is for
 * {@link SessionData#holds} to say.
 *
 * @param homeAccountId its id across tenants
 * @param environment the authority's host under which it is stored
 * @param tenantId the tenant; empty where there are none
 */
public record AccountRef(String homeAccountId, String environment, String tenantId) {
    /** Points at an account. */
    public static AccountRef of(Account account) {
        return new AccountRef(account.homeAccountId(), account.environment(), account.tenantId());
    }

    /**
     * Reads the reference that a member holds; null if the member is absent or null.
     *
     * @throws IllegalArgumentException if it is there and names nobody: that must not pass for nobody in particular
     */
    public static @Nullable AccountRef read(JsonObject json, String member) {
        if (json.asMap().get(member) == null) {
            return null;
        }
        JsonObject named = json.object(member);
        if (named == null) {
            throw new IllegalArgumentException(member + " is no account");
        }
        return of(named);
    }

    /** The reference that is written so. */
    static AccountRef of(JsonObject json) {
        AccountRef named = new AccountRef(
                json.string("homeAccountId", ""), json.string("environment", ""), json.string("tenantId", ""));
        if (named.homeAccountId.isEmpty() || named.environment.isEmpty()) {
            throw new IllegalArgumentException("an account is named by homeAccountId and environment");
        }
        // What no key can hold is refused here, where whoever sent it is told, and not where it is looked up.
        var unused = named.key();
        return named;
    }

    /** As JSON members. */
    public Map<String, String> write() {
        return Map.of("homeAccountId", homeAccountId, "environment", environment, "tenantId", tenantId);
    }

    /** Where the account's tokens rest. */
    public PartitionKey key() {
        return PartitionKey.user(environment, homeAccountId);
    }

    /** Whether both are the same account, in whatever tenant. */
    public boolean isSameAccountAs(AccountRef other) {
        return key().equals(other.key());
    }
}
