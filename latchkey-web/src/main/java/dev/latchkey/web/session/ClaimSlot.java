package dev.latchkey.web.session;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of sign-ins that were answered or cancelled. Immutable.
 *
 * @param claims at most {@value #MOST}, oldest first
 */
record ClaimSlot(List<Claim> claims) {
    static final int MOST = 64;
    static final ClaimSlot EMPTY = new ClaimSlot(List.of());

    ClaimSlot {
        claims = List.copyOf(claims);
    }

    /**
     * One sign-in.
     *
     * @param name digest of its state
     * @param at when it was answered or cancelled
     * @param expiresOn when its response can no longer arrive
     * @param isGivenUp whether it was cancelled
     */
    record Claim(String name, Instant at, Instant expiresOn, boolean isGivenUp) {
        private Map<String, Object> write() {
            return Map.of(
                    "name",
                    name,
                    "at",
                    at.toEpochMilli(),
                    "expires_on",
                    expiresOn.toEpochMilli(),
                    "given_up",
                    isGivenUp);
        }

        private static Claim read(JsonObject json) {
            Long at = json.number("at");
            Long expiresOn = json.number("expires_on");
            return new Claim(
                    json.string("name", ""),
                    Instant.ofEpochMilli(at == null ? 0 : at),
                    Instant.ofEpochMilli(expiresOn == null ? 0 : expiresOn),
                    json.isTrue("given_up"));
        }
    }

    @Nullable
    Claim of(String name) {
        return claims.stream()
                .filter(claim -> claim.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Adds a claim in place of an earlier one of the same sign-in, and drops the oldest if there are too many. */
    ClaimSlot with(Claim claim) {
        List<Claim> all = new ArrayList<>(claims);
        all.removeIf(it -> it.name().equals(claim.name()));
        all.add(claim);
        return new ClaimSlot(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    /** Without those that have expired. */
    ClaimSlot without(Instant now) {
        return new ClaimSlot(
                claims.stream().filter(claim -> claim.expiresOn().isAfter(now)).toList());
    }

    /** When all have expired. */
    Instant expiresOn() {
        return claims.stream()
                .map(Claim::expiresOn)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    String encode() {
        return Json.write(Map.of("claims", claims.stream().map(Claim::write).toList()));
    }

    static ClaimSlot decode(String text) {
        try {
            return new ClaimSlot(Json.parseObject(text).objects("claims").stream()
                    .map(Claim::read)
                    .toList());
        } catch (JsonException e) {
            throw new CacheException(ErrorCodes.CACHE_CORRUPT, "stored sign-ins cannot be read");
        }
    }
}
