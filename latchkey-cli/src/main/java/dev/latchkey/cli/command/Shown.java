package dev.latchkey.cli.command;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON that commands print. Its members are documented in docs/cli.md; they are never removed or changed. */
final class Shown {
    private Shown() {}

    /** A token and its details. */
    static String token(AuthenticationResult result) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("token_type", result.tokenType());
        members.put("access_token", result.accessToken());
        members.put("expires_on", result.expiresOn().getEpochSecond());
        members.put(
                "refresh_on", result.refreshOn().map(Instant::getEpochSecond).orElse(null));
        members.put("scopes", result.scopes().values());
        members.put("resource", result.resource().orElse(null));
        members.put("authority", result.authority());
        members.put("tenant", result.tenantId());
        members.put("account", result.account().map(Shown::members).orElse(null));
        members.put("from_cache", result.fromCache());
        members.put("correlation_id", result.correlationId().orElse(null));
        return write(members);
    }

    /** An account. */
    static String account(Account account) {
        return write(members(account));
    }

    /** Accounts, at most one of them active. */
    static String accounts(List<Account> accounts, Optional<Account> active) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(
                "accounts",
                accounts.stream().map(account -> entry(account, active)).toList());
        return write(members);
    }

    /** Writes members in order and omits those without a value. */
    static String write(Map<String, @Nullable Object> members) {
        members.values().removeIf(value -> value == null);
        return escaped(Json.write(members));
    }

    /** The JSON may be shown on a terminal, so control characters are escaped (RFC 8259 section 7). */
    private static String escaped(String json) {
        if (PrintableText.isPrintable(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (PrintableText.isPrintable(c)) {
                escaped.appendCodePoint(c);
            } else {
                Character.toString(c).chars().forEach(unit -> escaped.append("\\u%04X".formatted(unit)));
            }
        });
        return escaped.toString();
    }

    private static Map<String, @Nullable Object> entry(Account account, Optional<Account> active) {
        Map<String, @Nullable Object> members = members(account);
        members.put("active", active.filter(account::equals).isPresent());
        return members;
    }

    private static Map<String, @Nullable Object> members(Account account) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("username", account.username());
        account.name().ifPresent(name -> members.put("name", name));
        members.put("home_account_id", account.homeAccountId());
        members.put("local_account_id", account.localAccountId());
        members.put("tenant", account.tenantId());
        members.put("environment", account.environment());
        return members;
    }
}
