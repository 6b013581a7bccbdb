package dev.latchkey.core.cache;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How writers of the schema mark access tokens that were shaped by more than their scopes. Each mark of another library
 * becomes a {@link AccessTokenEntry#variant()} that no plain request has, and is written back as it was. Our own tokens
 * of that kind carry a mark that other libraries know, so that they do not serve them to plain requests either.
 */
final class Variants {
    private static final String COMPONENTS = "components:";
    private static final String CLAIMS = "claims:";
    private static final String EXTENDED = "extended:";
    private static final int MARK_BYTES = 18;

    private Variants() {}

    /**
     * What besides scopes, resource and key shaped the token of an entry.
     *
     * @param mark the mark it has if nobody dropped a member that we wrote
     */
    static @Nullable String ofEntry(JsonObject entry, Marker mark) {
        String variant = ownOrClaims(entry);
        String extended = firstGiven(entry.string(Schema.EXTENDED_KEY_HASH), entry.string(Schema.EXTENDED_KEY));
        if (extended == null || extended.equals(mark.of(variant))) {
            return variant;
        }
        return EXTENDED + extended.replace('\n', ' ') + (variant == null ? "" : "\n" + variant);
    }

    private static @Nullable String ownOrClaims(JsonObject entry) {
        JsonObject components = entry.object(Schema.KEY_COMPONENTS);
        if (components != null && !components.names().isEmpty()) {
            return COMPONENTS + Json.write(new TreeMap<>(components.asMap()));
        }
        String claimsHash = firstGiven(entry.string(Schema.CLAIMS_HASH), entry.string("requestedClaimsHash"));
        return claimsHash != null ? CLAIMS + claimsHash : firstGiven(entry.string(Schema.VARIANT), null);
    }

    /** Writes the marks of a token; a plain bearer token has none. */
    static void mark(Map<String, Object> entry, AccessTokenEntry token) {
        String variant = token.variant();
        if (variant != null && variant.startsWith(EXTENDED)) {
            String[] parts = variant.substring(EXTENDED.length()).split("\n", 2);
            entry.put(Schema.EXTENDED_KEY_HASH, parts[0]);
            putOwnOrClaims(entry, parts.length < 2 ? null : parts[1]);
            return;
        }
        putOwnOrClaims(entry, variant);
        String mark = markOf(token.tokenType(), token.resource(), token.keyId(), variant);
        if (!mark.isEmpty()) {
            entry.put(Schema.EXTENDED_KEY_HASH, mark);
        }
    }

    private static void putOwnOrClaims(Map<String, Object> entry, @Nullable String variant) {
        if (variant == null) {
            return;
        }
        JsonObject components = keyComponents(variant);
        if (components != null) {
            entry.put(Schema.KEY_COMPONENTS, components);
        } else if (variant.startsWith(CLAIMS)) {
            entry.put(Schema.CLAIMS_HASH, variant.substring(CLAIMS.length()));
        } else {
            entry.put(Schema.VARIANT, variant);
        }
    }

    /** The same for the same bindings, another for others; empty for plain bearer tokens. */
    static String markOf(
            String tokenType, @Nullable String resource, @Nullable String keyId, @Nullable String variant) {
        boolean bearer = tokenType.equals(AccessTokenEntry.BEARER);
        if (bearer && resource == null && keyId == null && variant == null) {
            return "";
        }
        JsonObject bindings = JsonObject.of(new TreeMap<>(Map.of(
                "type", tokenType,
                "resource", String.valueOf(resource),
                "key", String.valueOf(keyId),
                "variant", String.valueOf(variant))));
        return "latchkey-" + digest(Json.write(bindings));
    }

    private static @Nullable JsonObject keyComponents(String variant) {
        try {
            return variant.startsWith(COMPONENTS) ? Json.parseObject(variant.substring(COMPONENTS.length())) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, MARK_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static @Nullable String firstGiven(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty() ? one : other == null || other.isEmpty() ? null : other;
    }

    /** The mark of a token for each variant it might have. */
    @FunctionalInterface
    interface Marker {
        String of(@Nullable String variant);
    }
}
