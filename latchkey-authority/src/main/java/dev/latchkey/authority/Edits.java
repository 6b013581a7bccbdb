package dev.latchkey.authority;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes of the members of an answer, for {@link Fault#edited}. */
final class Edits {
    private static final Set<String> OPENID_SCOPES =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "");

    private Edits() {}

    static UnaryOperator<Map<String, Object>> with(Map<String, ?> members) {
        Map<String, ?> changes = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        return answer -> {
            Map<String, Object> changed = new LinkedHashMap<>(answer);
            changed.putAll(changes);
            return changed;
        };
    }

    static UnaryOperator<Map<String, Object>> scopeSeparatedBy(String separator) {
        return answer -> {
            Map<String, Object> changed = new LinkedHashMap<>(answer);
            changed.computeIfPresent(
                    "scope", (name, scope) -> String.valueOf(scope).replace(" ", separator));
            return changed;
        };
    }

    static UnaryOperator<Map<String, Object>> withoutAccessTokenIfOnlyOpenIdScopes() {
        return answer -> {
            Map<String, Object> changed = new LinkedHashMap<>(answer);
            String scopes = String.valueOf(answer.getOrDefault("scope", ""));
            if (OPENID_SCOPES.containsAll(List.of(scopes.split(" ", -1)))) {
                changed.keySet().removeAll(List.of("access_token", "expires_in", "ext_expires_in"));
            }
            return changed;
        };
    }

    static UnaryOperator<Map<String, Object>> keysWith(String member, Object value) {
        return set -> {
            List<Object> changed = new ArrayList<>();
            for (Object key : keys(set)) {
                Map<String, Object> more = new LinkedHashMap<>();
                if (key instanceof Map<?, ?> members) {
                    members.forEach((name, old) -> more.put(String.valueOf(name), old));
                }
                more.put(member, value);
                changed.add(more);
            }
            return Map.of("keys", changed);
        };
    }

    static UnaryOperator<Map<String, Object>> extraKey(Map<String, ?> key) {
        return set -> {
            List<Object> more = new ArrayList<>(List.of(key));
            more.addAll(keys(set));
            return Map.of("keys", more);
        };
    }

    private static List<?> keys(Map<String, Object> set) {
        return set.get("keys") instanceof List<?> keys ? keys : List.of();
    }
}
