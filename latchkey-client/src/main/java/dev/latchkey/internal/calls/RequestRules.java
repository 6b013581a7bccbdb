package dev.latchkey.internal.calls;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request must be to make sense at all, whoever answers it. */
public final class RequestRules {
    private static final Set<String> CREDENTIALS =
            Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

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
        if (named.isEmpty() || asked.kind() == AuthorityKind.OIDC || asked.kind() == AuthorityKind.OAUTH) {
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
     * The resource and the client's credentials have places of their own.
     *
     * @throws ClientConfigurationException {@code misplaced_resource_parameter}, {@code misplaced_client_credentials}
     */
    public void checkExtras(Map<String, String> extras) {
        extras.keySet().stream()
                .filter(name -> CREDENTIALS.contains(LowerCase.of(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new ClientConfigurationException(
                            ErrorCodes.MISPLACED_CLIENT_CREDENTIALS,
                            "give " + name
                                    + " to the builder of the application, not among the extra parameters: the application"
                                    + " adds its credentials to each request itself");
                });
        if (extras.containsKey("resource")) {
            throw new ClientConfigurationException(
                    ErrorCodes.MISPLACED_RESOURCE_PARAMETER,
                    "name the resource with resource(...), not among the extra parameters: tokens are kept by it");
        }
    }
}
