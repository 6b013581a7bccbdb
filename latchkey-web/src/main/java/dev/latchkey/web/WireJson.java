package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON sent to pages; {@code latchkey.js} turns it into the types of MSAL.js. */
final class WireJson {
    /** The text of a store's failure is for the operator: it contains paths. */
    private static final String OWN_TROUBLE = "the server cannot access its store; see its log for details";

    private static final int LONGEST_KEPT = 1500;
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 300;

    private final boolean tokensInPage;

    WireJson(boolean tokensInPage) {
        this.tokensInPage = tokensInPage;
    }

    Map<String, @Nullable Object> result(AuthenticationResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("authority", result.authority());
        json.put("uniqueId", result.uniqueId());
        json.put("tenantId", result.tenantId());
        json.put("scopes", result.scopes().values());
        json.put("account", result.account().map(this::account).orElse(null));
        json.put("idToken", tokensInPage ? result.idToken().orElse("") : "");
        json.put("idTokenClaims", result.idTokenClaims());
        json.put("accessToken", tokensInPage ? result.accessToken() : "");
        json.put("fromCache", result.fromCache());
        json.put("expiresOn", result.expiresOn().toEpochMilli());
        json.put(
                "extExpiresOn", result.extExpiresOn().map(Instant::toEpochMilli).orElse(null));
        json.put("refreshOn", result.refreshOn().map(Instant::toEpochMilli).orElse(null));
        json.put("tokenType", result.tokenType());
        json.put("correlationId", result.correlationId().orElse(""));
        json.put("state", result.state().orElse(""));
        json.put("resource", result.resource().orElse(null));
        return json;
    }

    Map<String, @Nullable Object> account(Account account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("homeAccountId", account.homeAccountId());
        json.put("environment", account.environment());
        json.put("tenantId", account.tenantId());
        json.put("localAccountId", account.localAccountId());
        json.put("username", account.username());
        json.put("name", account.name().orElse(null));
        json.put("authorityType", account.authorityType().schemaName());
        json.put("loginHint", account.loginHint().orElse(null));
        json.put("idToken", tokensInPage ? account.idToken().map(Secret::reveal).orElse(null) : null);
        json.put("idTokenClaims", account.idTokenClaims());
        json.put(
                "tenantProfiles",
                account.tenantProfiles().values().stream()
                        .map(WireJson::profile)
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> profile(TenantProfile profile) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("tenantId", profile.tenantId());
        json.put("localAccountId", profile.localAccountId());
        json.put("name", profile.name());
        json.put("username", profile.username());
        json.put("isHomeTenant", profile.isHomeTenant());
        return json;
    }

    static Map<String, @Nullable Object> error(AuthException error) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", nameOf(error));
        json.put("errorCode", error.errorCode());
        json.put("subError", error.subError().orElse(null));
        json.put("errorMessage", textOf(error));
        json.put("correlationId", error.correlationId().orElse(null));
        json.put("claims", error.claims().orElse(null));
        json.put("retryAfter", error.retryAfter().map(Duration::toSeconds).orElse(null));
        return Map.of("error", json);
    }

    /** A version short enough for a cookie: members that make it too long are left out. */
    static String shortError(AuthException error) {
        String whole = Json.write(error(error));
        if (whole.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEPT) {
            return whole;
        }
        return Json.write(error(
                nameOf(error),
                PrintableText.of(error.errorCode(), LONGEST_CODE),
                PrintableText.of(textOf(error), LONGEST_MESSAGE)));
    }

    private static String textOf(AuthException error) {
        return error instanceof CacheException ? OWN_TROUBLE : String.valueOf(error.getMessage());
    }

    static Map<String, @Nullable Object> error(String name, String code, String message) {
        return Map.of("error", Map.of("name", name, "errorCode", code, "errorMessage", message));
    }

    /** Details are for the operator only. */
    static Map<String, @Nullable Object> unexpected() {
        return error("AuthError", "unexpected_error", "the server failed; see its log for details");
    }

    /** The HTTP status of a failure: who must act. */
    static int statusOf(AuthException error) {
        if (error.retryAfter().isPresent()) {
            return 429;
        }
        if (error instanceof InteractionRequiredAuthException) {
            return 401;
        }
        if (error instanceof ClientConfigurationException || error instanceof BrowserAuthException) {
            return 400;
        }
        return error instanceof CacheException ? 503 : 502;
    }

    private static String nameOf(AuthException error) {
        if (error instanceof InteractionRequiredAuthException) {
            return "InteractionRequiredAuthError";
        }
        if (error instanceof ClientConfigurationException) {
            return "ClientConfigurationError";
        }
        if (error instanceof ClientAuthException) {
            return "ClientAuthError";
        }
        if (error instanceof BrowserAuthException) {
            return "BrowserAuthError";
        }
        if (error instanceof NetworkException) {
            return "NetworkError";
        }
        return error instanceof CacheException ? "CacheError" : "ServerError";
    }
}
