package dev.latchkey.authority.scope;

import dev.latchkey.authority.ApiResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Scopes that have been understood: OpenID's own, and permissions of APIs, in the order asked for. */
public record ScopeSet(Set<String> openId, List<ResourceScope> permissions) {
    /** OpenID Connect's scopes. */
    static final Set<String> OPENID_SCOPES = Set.of("openid", "profile", "email", "offline_access", "address", "phone");

    public ScopeSet {
        openId = Collections.unmodifiableSet(new LinkedHashSet<>(openId));
        permissions = List.copyOf(permissions);
    }

    /** Whether an ID token is asked for. */
    public boolean wantsIdToken() {
        return openId.contains("openid");
    }

    /** Whether a refresh token is asked for. */
    public boolean wantsRefreshToken() {
        return openId.contains("offline_access");
    }

    /** The API of the first permission. */
    public Optional<ApiResource> firstApi() {
        return permissions.stream().findFirst().map(ResourceScope::api);
    }

    /** The OpenID scopes with the permissions of one API only: what one access token can hold. */
    public ScopeSet forApi(ApiResource api) {
        return new ScopeSet(
                openId,
                permissions.stream()
                        .filter(permission -> permission.api().equals(api))
                        .toList());
    }

    /** Whether the permissions are of more than one API. */
    public boolean mixesApis() {
        return permissions.stream().map(ResourceScope::api).distinct().count() > 1;
    }

    /** Every scope as consent remembers it: independent of spelling. */
    public Set<String> consentKeys() {
        Set<String> keys = new LinkedHashSet<>(openId);
        permissions.forEach(permission -> keys.add(permission.api().identifier() + "/" + permission.name()));
        return keys;
    }

    /** The {@code scp} claim; empty if there is nothing to say. */
    public Optional<String> claim() {
        List<String> names = new ArrayList<>(openId);
        names.remove("offline_access");
        permissions.forEach(permission -> names.add(permission.name()));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", new LinkedHashSet<>(names)));
    }

    /** The {@code scope} of the answer, spelled as asked; empty if there is nothing to say. */
    public Optional<String> answer(boolean withOfflineAccess) {
        Set<String> names = new LinkedHashSet<>(openId);
        if (!withOfflineAccess) {
            names.remove("offline_access");
        }
        names.addAll(permissions.stream().map(ResourceScope::spelling).collect(Collectors.toList()));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", names));
    }

    /** These and those. */
    public ScopeSet and(ScopeSet more) {
        Set<String> both = new LinkedHashSet<>(openId);
        both.addAll(more.openId);
        Set<ResourceScope> all = new LinkedHashSet<>(permissions);
        all.addAll(more.permissions);
        return new ScopeSet(both, List.copyOf(all));
    }
}
