package dev.latchkey.spring.http;

import dev.latchkey.core.Scopes;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which calls send a token, and with which scopes. Immutable. */
public final class ProtectedResources {
    private final List<ProtectedResource> resources;

    private ProtectedResources(List<ProtectedResource> resources) {
        this.resources = resources;
    }

    /**
     * Creates the set of these resources. If several match a call, the one with the longest path applies, then the one
     * that names the method.
     */
    public static ProtectedResources of(Collection<ProtectedResource> resources) {
        return new ProtectedResources(resources.stream()
                .sorted(Comparator.comparingInt(ProtectedResource::precision).reversed())
                .toList());
    }

    /** The scopes that the token of a call must have; empty if the call sends none. */
    public Optional<Scopes> scopesFor(String method, URI target) {
        return resources.stream()
                .filter(resource -> resource.covers(method, target))
                .findFirst()
                .map(ProtectedResource::scopes)
                .filter(scopes -> !scopes.isEmpty());
    }

    /** Whether no call sends a token. */
    public boolean isEmpty() {
        return resources.isEmpty();
    }
}
