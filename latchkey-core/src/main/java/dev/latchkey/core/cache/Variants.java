package dev.latchkey.core.cache;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How other writers of the schema mark access tokens that were shaped by more than their scopes. Each mark becomes a
 * {@link AccessTokenEntry#variant()} that no plain request has, and is written back as it was.
 */
final class Variants {
    private static final String COMPONENTS = "components:";
    private static final String CLAIMS = "claims:";

    private Variants() {}

    static @Nullable String ofEntry(JsonObject entry) {
        JsonObject components = entry.object(Schema.KEY_COMPONENTS);
        if (components != null && !components.names().isEmpty()) {
            return COMPONENTS + Json.write(new TreeMap<>(components.asMap()));
        }
        String claimsHash = firstGiven(entry.string(Schema.CLAIMS_HASH), entry.string("requestedClaimsHash"));
        return claimsHash != null ? CLAIMS + claimsHash : firstGiven(entry.string(Schema.VARIANT), null);
    }

    static @Nullable JsonObject keyComponents(String variant) {
        try {
            return variant.startsWith(COMPONENTS) ? Json.parseObject(variant.substring(COMPONENTS.length())) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    static @Nullable String claimsHash(String variant) {
        return variant.startsWith(CLAIMS) ? variant.substring(CLAIMS.length()) : null;
    }

    /** Keeps the names of entries apart that differ in nothing else; empty for plain bearer tokens. */
    static String suffix(AccessTokenEntry token) {
        StringBuilder suffix = new StringBuilder();
        if (!token.tokenType().equals(AccessTokenEntry.BEARER)) {
            suffix.append(token.tokenType().toLowerCase(Locale.ROOT));
        }
        if (token.resource() != null || token.keyId() != null || token.variant() != null) {
            int hash = Objects.hash(token.resource(), token.keyId(), token.variant());
            suffix.append(Integer.toHexString(hash));
        }
        return suffix.toString();
    }

    private static @Nullable String firstGiven(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty() ? one : other == null || other.isEmpty() ? null : other;
    }
}
