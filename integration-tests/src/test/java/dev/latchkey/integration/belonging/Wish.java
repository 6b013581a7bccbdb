package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.http.Parameters;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What determines an access token, as requested or as issued.
 *
 * @param scopes the scopes
 * @param resource the resource (RFC 8707); empty for none
 * @param audience the extra parameter of that name; empty for none
 * @param strength the claims challenge and the {@code acr_values}; empty for a plain token
 */
record Wish(Scopes scopes, String resource, String audience, Set<String> strength) {
    static final Wish NONE = new Wish(Scopes.NONE, "", "", Set.of());

    /** What a request asks for. */
    static Wish of(Parameters wire) {
        return of(
                Scopes.parse(text(wire.get("scope"))),
                text(wire.get("resource")),
                text(wire.get("claims")),
                wire.asMap());
    }

    /** What a caller asks for: the extras may contain {@code audience} and {@code acr_values}. */
    static Wish of(Scopes scopes, String resource, String claims, Map<String, String> extras) {
        Set<String> strength = new TreeSet<>();
        if (!claims.isEmpty()) {
            strength.add("claims " + claims);
        }
        String acr = text(extras.get("acr_values"));
        if (!acr.isEmpty()) {
            strength.add("acr " + acr);
        }
        return new Wish(scopes, resource, text(extras.get("audience")), strength);
    }

    /** As requested at the token endpoint, with the strength of the authorization request. */
    Wish after(Wish authorized) {
        Set<String> both = new TreeSet<>(strength);
        both.addAll(authorized.strength);
        return new Wish(scopes, resource, audience.isEmpty() ? authorized.audience : audience, both);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
