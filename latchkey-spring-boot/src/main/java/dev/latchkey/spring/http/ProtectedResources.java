package dev.latchkey.spring.http;

import dev.latchkey.core.Scopes;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which calls get a token, and what it must be good for. Immutable. */
public final class ProtectedResources {
    private final List<ProtectedResource> resources;

    private ProtectedResources(List<ProtectedResource> resources) {
        this.resources = resources;
    }

    /** These; where several cover a call the one with the longest path counts, then the one that names the method. */
    public static ProtectedResources of(Collection<ProtectedResource> resources) {
        return new ProtectedResources(resources.stream()
                .sorted(Comparator.comparingInt(ProtectedResource::precision).reversed())
                .toList());
    }

    /** What the token of a call must be good for; empty if it gets none. */
    public Optional<Scopes> scopesFor(String method, URI target) {
        return resources.stream()
                .filter(resource -> resource.covers(method, target))
                .findFirst()
                .map(ProtectedResource::scopes)
                .filter(scopes -> !scopes.isEmpty());
    }

    /** Whether no call gets a token. */
    public boolean isEmpty() {
        return resources.isEmpty();
    }
}
