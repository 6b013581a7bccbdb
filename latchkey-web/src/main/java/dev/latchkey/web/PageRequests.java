package dev.latchkey.web;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.ClientApplication;
import dev.latchkey.RedirectRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of pages. An injected script may control a page, so a page cannot choose the authority freely.
 */
final class PageRequests {
    private static final int LONGEST_STATE = 2048;
    private static final long LONGEST_AGE_SECONDS = Duration.ofDays(36_500).toSeconds();

    /** Parameters that contain other parameters, which would override the checked ones. */
    private static final List<String> REQUEST_OBJECTS = List.of("request", "request_uri", "registration");

    private final ClientApplication application;
    private final boolean otherTenantsAllowed;

    /**
     * Reads requests.
     *
     * @param otherTenantsAllowed whether a page may name other tenants and policies of the application's issuer
     */
    PageRequests(ClientApplication application, boolean otherTenantsAllowed) {
        this.application = application;
        this.otherTenantsAllowed = otherTenantsAllowed;
    }

    RedirectRequest interactive(JsonObject json, @Nullable Account account, URI callback) {
        return readable(() -> redirect(json, account, callback));
    }

    SilentRequest silent(JsonObject json, Account account) {
        return readable(() -> silently(json, account));
    }

    /** Values that the builders reject are the page's mistake, not a failure of the server. */
    private static <T> T readable(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new Refusal(400, "invalid_request", "the request is not valid: " + e.getMessage());
        }
    }

    private RedirectRequest redirect(JsonObject json, @Nullable Account account, URI callback) {
        String state = json.string("state", "");
        if (state.length() > LONGEST_STATE) {
            throw new Refusal(400, "invalid_request", "the state is longer than " + LONGEST_STATE + " characters");
        }
        return RedirectRequest.builder(callback, scopes(json, "scopes"))
                .account(account)
                .extraScopesToConsent(scopes(json, "extraScopesToConsent"))
                .authority(authority(json))
                .tenantId(tenantId(json, account))
                .prompt(json.string("prompt"))
                .loginHint(json.string("loginHint"))
                .domainHint(json.string("domainHint"))
                .maxAge(maxAge(json))
                .claims(json.string("claims"))
                .resource(json.string("resource"))
                .state(json.string("state"))
                .correlationId(correlationId(json))
                .extraQueryParameters(queryExtras(json))
                .extraParameters(extras(json.object("extraParameters")))
                .build();
    }

    private SilentRequest silently(JsonObject json, Account account) {
        return SilentRequest.builder(scopes(json, "scopes"))
                .account(account)
                .authority(authority(json))
                .tenantId(tenantId(json, account))
                .claims(json.string("claims"))
                .resource(json.string("resource"))
                .state(json.string("state"))
                .correlationId(correlationId(json))
                .cacheLookupPolicy(policy(json))
                .extraParameters(extras(json.object("extraParameters")))
                .build();
    }

    private static Scopes scopes(JsonObject json, String member) {
        try {
            return Scopes.of(json.strings(member));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid_request", "the " + member + " are not valid: " + e.getMessage());
        }
    }

    /** OpenID Connect Core 3.1.2.1: elapsed seconds. The limit keeps clock arithmetic from overflowing. */
    private static @Nullable Duration maxAge(JsonObject json) {
        Long seconds = json.number("maxAge");
        if (seconds != null && (seconds < 0 || seconds > LONGEST_AGE_SECONDS)) {
            throw new Refusal(400, "invalid_request", "maxAge must be from 0 to " + LONGEST_AGE_SECONDS + " seconds");
        }
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /** Tokens of another issuer would sign its users in here. */
    private @Nullable String authority(JsonObject json) {
        String asked = json.string("authority");
        if (asked == null) {
            return null;
        }
        if (isOwn(asked)) {
            // Passed on explicitly: otherwise the account's tenant would be used.
            return application.authority();
        }
        if (!otherTenantsAllowed || !isOwnIssuer(asked)) {
            throw new Refusal(
                    400,
                    "untrusted_authority",
                    "a page may not name this authority; the application's is " + application.authority()
                            + ". To let pages choose tenants of that cloud, or policies of that B2C tenant,"
                            + " call allowOtherTenants()");
        }
        return asked;
    }

    /** Like {@link #authority}, for a tenant; one in which the account is known is allowed too. */
    private @Nullable String tenantId(JsonObject json, @Nullable Account account) {
        String asked = json.string("tenantId");
        if (asked == null || asked.isEmpty()) {
            return null;
        }
        boolean isTenant = asked.length() <= 128
                && asked.chars().allMatch(c -> c == '.' || c == '-' || c == '_' || isLetterOrDigit(c));
        boolean ofAccount = account != null && account.profileOf(asked) != null;
        if (!isTenant || !(otherTenantsAllowed || ofAccount)) {
            throw new Refusal(
                    400,
                    "untrusted_authority",
                    "a page may not name this tenant; to allow other tenants, call allowOtherTenants()");
        }
        return asked;
    }

    private static Map<String, String> queryExtras(JsonObject json) {
        Map<String, String> extras = extras(json.object("extraQueryParameters"));
        for (String name : REQUEST_OBJECTS) {
            if (extras.containsKey(name)) {
                throw new Refusal(
                        400,
                        "invalid_request",
                        "a page may not send " + name + ": it would override checked parameters");
            }
        }
        return extras;
    }

    /** Pages written for MSAL.js name the application's authority in every request. */
    private boolean isOwn(String asked) {
        try {
            return Authority.of(asked)
                    .uri()
                    .equals(Authority.of(application.authority()).uri());
        } catch (ClientConfigurationException e) {
            return false;
        }
    }

    private boolean isOwnIssuer(String asked) {
        try {
            return application.isOwnIssuer(asked);
        } catch (ClientConfigurationException e) {
            return false;
        }
    }

    private static CacheLookupPolicy policy(JsonObject json) {
        if (json.isTrue("forceRefresh")) {
            return CacheLookupPolicy.REFRESH_TOKEN_AND_NETWORK;
        }
        Long number = json.number("cacheLookupPolicy");
        CacheLookupPolicy[] all = CacheLookupPolicy.values();
        if (number == null) {
            return CacheLookupPolicy.DEFAULT;
        }
        if (number < 0 || number >= all.length) {
            throw new Refusal(400, "invalid_request", "there is no cacheLookupPolicy " + number);
        }
        return all[number.intValue()];
    }

    /** It is logged on both sides, so only id characters are accepted. */
    private static @Nullable String correlationId(JsonObject json) {
        String id = json.string("correlationId");
        return id != null && id.length() <= 64 && id.chars().allMatch(c -> c == '-' || isLetterOrDigit(c)) ? id : null;
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Map<String, String> extras(@Nullable JsonObject json) {
        Map<String, String> extras = new LinkedHashMap<>();
        if (json != null) {
            json.names().forEach(name -> extras.put(name, json.string(name, "")));
        }
        return extras;
    }
}
