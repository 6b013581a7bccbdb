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

    /** Reads a reference; null if it names nobody. */
    public static @Nullable AccountRef read(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        String home = json.string("homeAccountId", "");
        String environment = json.string("environment", "");
        return home.isEmpty() || environment.indexOf('|') >= 0
                ? null
                : new AccountRef(home, environment, json.string("tenantId", ""));
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
