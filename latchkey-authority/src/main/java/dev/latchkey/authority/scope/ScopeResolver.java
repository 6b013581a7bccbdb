package dev.latchkey.authority.scope;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Understands scope strings: OpenID's, {@code identifier/Name}, {@code identifier/.default}, and a bare {@code Name}
 * of the first API that has it.
 */
public final class ScopeResolver {
    private static final String ALL = ".default";

    private final List<ApiResource> apis;

    public ScopeResolver(List<ApiResource> apis) {
        this.apis = List.copyOf(apis);
    }

    /** Understands a space-separated list, or says which scope it does not know. */
    public ScopeSet resolve(String scopes) throws OAuthException {
        Set<String> openId = new LinkedHashSet<>();
        Set<ResourceScope> permissions = new LinkedHashSet<>();
        for (String scope : scopes.strip().split("\\s+", -1)) {
            if (ScopeSet.OPENID_SCOPES.contains(scope.toLowerCase(Locale.ROOT))) {
                openId.add(scope.toLowerCase(Locale.ROOT));
            } else if (!scope.isEmpty()) {
                permissions.addAll(permissions(scope));
            }
        }
        return new ScopeSet(openId, List.copyOf(permissions));
    }

    /**
     * Requires that the {@code resource} parameters name the API of the scopes, as Entra ID does: there the scopes say for
     * which API a token is.
     */
    public static void requireSame(List<String> resources, ScopeSet wanted) throws OAuthException {
        for (String resource : resources) {
            boolean isSame = wanted.firstApi().isPresent()
                    && wanted.permissions().stream().allMatch(permission -> prefix(permission.api())
                            .equals(resource.endsWith("/") ? resource : resource + "/"));
            if (!isSame) {
                throw Problem.RESOURCE_MISMATCH.because(
                        "the resource parameter provided in the request doesn't match with"
                                + " the requested scopes: " + resource + " and "
                                + wanted.answer(true).orElse("none"));
            }
        }
    }

    private List<ResourceScope> permissions(String scope) throws OAuthException {
        Optional<ApiResource> named =
                apis.stream().filter(api -> scope.startsWith(prefix(api))).findFirst();
        if (named.isPresent()) {
            return permissions(named.get(), scope);
        }
        if (scope.equals(ALL)) {
            return permissions(apis.get(0), prefix(apis.get(0)) + ALL);
        }
        for (ApiResource api : apis) {
            Optional<String> name = nameIn(api, scope);
            if (name.isPresent()) {
                return List.of(new ResourceScope(api, name.get(), scope));
            }
        }
        throw unknown(scope);
    }

    private List<ResourceScope> permissions(ApiResource api, String scope) throws OAuthException {
        // A doubled slash is how clients of old spell an identifier that ends in one.
        String wanted = scope.substring(prefix(api).length());
        String name = wanted.startsWith("/") ? wanted.substring(1) : wanted;
        List<ResourceScope> found = new ArrayList<>();
        if (name.equals(ALL)) {
            api.scopeNames().forEach(each -> found.add(new ResourceScope(api, each, prefix(api) + each)));
            return found;
        }
        String known = nameIn(api, name).orElseThrow(() -> unknown(scope));
        return List.of(new ResourceScope(api, known, scope));
    }

    private OAuthException unknown(String scope) {
        int slash = scope.lastIndexOf('/');
        if (scope.contains("://") && slash > 0 && apis.stream().noneMatch(api -> scope.startsWith(prefix(api)))) {
            return Problem.RESOURCE_UNKNOWN.because("the resource " + scope.substring(0, slash)
                    + " is not registered; registered: "
                    + apis.stream().map(ApiResource::identifier).collect(Collectors.joining(", ")));
        }
        return Problem.SCOPE_UNKNOWN.because("the scope " + scope + " is not known; known: "
                + apis.stream()
                        .flatMap(api -> api.scopeNames().stream().map(name -> prefix(api) + name))
                        .collect(Collectors.joining(", ")));
    }

    private static Optional<String> nameIn(ApiResource api, String scope) {
        return api.scopeNames().stream()
                .filter(name -> name.equalsIgnoreCase(scope))
                .findFirst();
    }

    private static String prefix(ApiResource api) {
        return api.identifier().endsWith("/") ? api.identifier() : api.identifier() + "/";
    }
}
