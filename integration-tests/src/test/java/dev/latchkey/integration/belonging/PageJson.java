package dev.latchkey.integration.belonging;

import dev.latchkey.PopupRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON that pages send and receive. */
final class PageJson {
    private PageJson() {}

    static Map<String, Object> of(PopupRequest request, String state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scopes", request.scopes().values());
        json.put("state", state);
        json.put("extraScopesToConsent", request.extraScopesToConsent().values());
        json.put("extraQueryParameters", request.extraQueryParameters());
        json.put("extraParameters", request.extraParameters());
        request.account().ifPresent(account -> json.put("account", of(account)));
        request.authority().ifPresent(value -> json.put("authority", value));
        request.tenantId().ifPresent(value -> json.put("tenantId", value));
        request.claims().ifPresent(value -> json.put("claims", value));
        request.resource().ifPresent(value -> json.put("resource", value));
        request.prompt().ifPresent(value -> json.put("prompt", value));
        request.loginHint().ifPresent(value -> json.put("loginHint", value));
        return json;
    }

    static Map<String, Object> of(SilentRequest request, String state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scopes", request.scopes().values());
        json.put("state", state);
        json.put("cacheLookupPolicy", request.cacheLookupPolicy().ordinal());
        json.put("extraParameters", request.extraParameters());
        request.account().ifPresent(account -> json.put("account", of(account)));
        request.authority().ifPresent(value -> json.put("authority", value));
        request.tenantId().ifPresent(value -> json.put("tenantId", value));
        request.claims().ifPresent(value -> json.put("claims", value));
        request.resource().ifPresent(value -> json.put("resource", value));
        return json;
    }

    /** An account as a page names it. */
    static Map<String, String> of(Account account) {
        return Map.of(
                "homeAccountId", account.homeAccountId(),
                "environment", account.environment(),
                "tenantId", account.tenantId());
    }

    /** What a server knows of an account that a page names: not the id within the tenant. */
    static @Nullable Account named(@Nullable Account account) {
        return account == null
                ? null
                : Account.of(
                        account.partitionKey(),
                        account.authorityType(),
                        TenantProfile.of(account.tenantId(), "", false),
                        null);
    }

    /** An account sent to a page; null if there is none. */
    static @Nullable Account account(@Nullable JsonObject json, Issuer own) {
        if (json == null || json.string("homeAccountId", "").isEmpty()) {
            return null;
        }
        return Account.of(
                PartitionKey.user(json.string("environment", ""), json.string("homeAccountId", "")),
                AuthorityType.of(own.kind()),
                TenantProfile.of(json.string("tenantId", ""), json.string("localAccountId", ""), false),
                null);
    }

    static Brought brought(JsonObject json, Issuer own) {
        return new Brought(
                json.string("accessToken", ""),
                json.string("authority"),
                Scopes.of(json.strings("scopes")),
                json.string("idToken"),
                account(json.object("account"), own));
    }
}
