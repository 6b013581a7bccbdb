package dev.latchkey.internal.calls;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request must be to make sense at all, whoever answers it. */
public final class RequestRules {
    private final Settings.Identity identity;

    public RequestRules(Settings.Identity identity) {
        this.identity = identity;
    }

    /**
     * One request, one resource. Only where scopes name their resource, as at Microsoft's authorities; elsewhere they
     * are opaque (RFC 6749 section 3.3).
     *
     * @throws ClientConfigurationException {@code multiple_resources}
     */
    public void check(Scopes scopes, @Nullable String resource, Optional<String> authority) {
        Authority asked = authority.map(identity::named).orElse(identity.authority());
        Map<String, List<String>> named = scopes.byResource();
        if (named.isEmpty() || asked.kind() == AuthorityKind.OIDC) {
            return;
        }
        if (resource != null) {
            named.computeIfAbsent(Scopes.resourceKey(resource), unused -> List.of("the resource parameter"));
        }
        if (named.size() > 1) {
            throw new ClientConfigurationException(
                    ErrorCodes.MULTIPLE_RESOURCES,
                    "an access token is for one resource, but the request names several: " + named
                            + ". Ask for the scopes of one of them, name the others as extraScopesToConsent of an"
                            + " interactive request, and get their tokens with one acquireTokenSilent each");
        }
    }

    /**
     * The resource has a place of its own.
     *
     * @throws ClientConfigurationException {@code misplaced_resource_parameter}
     */
    public void checkExtras(Map<String, String> extras) {
        if (extras.containsKey("resource")) {
            throw new ClientConfigurationException(
                    ErrorCodes.MISPLACED_RESOURCE_PARAMETER,
                    "name the resource with resource(...), not among the extra parameters: tokens are kept by it");
        }
    }
}
