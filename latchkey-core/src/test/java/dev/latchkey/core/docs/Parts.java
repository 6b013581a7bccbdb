package dev.latchkey.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One cell of the tables: {@code part=value part=value}, with the defaults the document names. */
record Parts(Map<String, String> given) {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> NAMES = Set.of(
            "client", "tenant", "scope", "type", "resource", "key", "variant", "expires", "family", "name", "secret");

    static Parts of(String cell) {
        Map<String, String> parts = words(cell);
        assertThat(NAMES).as(cell).containsAll(parts.keySet());
        return new Parts(parts);
    }

    static List<Parts> several(String cell) {
        return Arrays.stream(cell.split(";")).map(String::trim).map(Parts::of).toList();
    }

    /** A cell of any part names. */
    static Map<String, String> words(String cell) {
        Map<String, String> parts = new HashMap<>();
        for (String word : cell.equals("-") ? new String[0] : cell.split(" ")) {
            String[] pair = word.split("=", 2);
            assertThat(pair).as(cell).hasSize(2);
            parts.put(pair[0], pair[1].equals("-") ? "" : pair[1]);
        }
        return parts;
    }

    String client() {
        return given.getOrDefault("client", "app");
    }

    String tenant() {
        return given.getOrDefault("tenant", "t1");
    }

    AccessTokenEntry accessToken(String secret) {
        Instant expiresOn = NOW.plusSeconds(Long.parseLong(given.getOrDefault("expires", "3600")));
        return AccessTokenEntry.builder(client(), tenant(), scopes(), secret(secret))
                .tokenType(given.getOrDefault("type", "Bearer"))
                .keyId(optional("key"))
                .resource(optional("resource"))
                .variant(optional("variant"))
                .valid(NOW.minusSeconds(100), expiresOn)
                .build();
    }

    AccessTokenQuery query() {
        return AccessTokenQuery.of(client(), tenant(), scopes())
                .boundTo(given.getOrDefault("type", "Bearer"), optional("key"))
                .resource(optional("resource"))
                .variant(optional("variant"));
    }

    RefreshTokenEntry refreshToken(String secret) {
        return new RefreshTokenEntry(client(), optional("family"), secret(secret), null, optional("resource"));
    }

    IdTokenEntry idToken(String secret) {
        return new IdTokenEntry(client(), tenant(), secret(secret));
    }

    AppMetadata appMetadata() {
        return new AppMetadata(client(), optional("family"));
    }

    Account account() {
        TenantProfile profile = new TenantProfile(
                tenant(), "local", "user", optional("name"), tenant().equals("t1"), null, null, null, List.of());
        return Account.of(PartitionKey.user("host", "u.t1"), AuthorityType.MSSTS, profile, null);
    }

    TokenRecord record(String part, String secret) {
        return switch (part) {
            case "access" -> new TokenRecord(null, null, accessToken(secret), null, null);
            case "refresh" -> new TokenRecord(null, null, null, refreshToken(secret), null);
            case "id" -> new TokenRecord(null, idToken(secret), null, null, null);
            case "app" -> new TokenRecord(null, null, null, null, appMetadata());
            case "account" -> new TokenRecord(account(), null, null, null, null);
            default -> throw new IllegalArgumentException("no such part: " + part);
        };
    }

    private Scopes scopes() {
        return Scopes.parse(given.getOrDefault("scope", "read").replace('+', ' '));
    }

    private Secret secret(String otherwise) {
        return Secret.of(given.getOrDefault("secret", otherwise));
    }

    private @Nullable String optional(String name) {
        String value = given.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
