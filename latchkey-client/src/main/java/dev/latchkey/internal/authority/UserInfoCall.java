package dev.latchkey.internal.authority;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.UserInfo;
import dev.latchkey.internal.calls.Calls;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Asks the authority about the person who signed in. */
public final class UserInfoCall {
    private final Settings settings;
    private final Network network;
    private final Authorities authorities;
    private final Belonging belonging;

    /** Asks nothing yet. */
    public UserInfoCall(Settings settings, Network network, Authorities authorities, Belonging belonging) {
        this.settings = settings;
        this.network = network;
        this.authorities = authorities;
        this.belonging = belonging;
    }

    /** The claims, which are about the subject of the result's ID token, or an error. Runs on the executor. */
    public CompletableFuture<JsonObject> about(AuthenticationResult result) {
        String correlationId = settings.environment().entropy().correlationId();
        return Calls.start(settings.environment().executor(), correlationId, () -> ask(result, correlationId));
    }

    private JsonObject ask(AuthenticationResult result, String correlationId) {
        String subject = result.idTokenClaims().string("sub");
        if (subject == null) {
            throw nobody(correlationId);
        }
        ResolvedAuthority authority = authorityOf(result, correlationId);
        URI endpoint = authority
                .metadata()
                .userInfoEndpoint()
                .orElseThrow(() -> new ClientConfigurationException(
                        ErrorDetails.of(ErrorCodes.ENDPOINT_NOT_SUPPORTED, "the authority has no user info endpoint")
                                .at(authority.authority().uri())
                                .correlationId(correlationId)));
        return UserInfo.check(
                network.send(UserInfo.request(endpoint, Secret.of(result.accessToken())), correlationId),
                endpoint,
                subject,
                correlationId,
                settings.environment().clock().instant());
    }

    /** The one whose token it is, and no other that the result may name. */
    private ResolvedAuthority authorityOf(AuthenticationResult result, String correlationId) {
        Authority named = settings.identity().named(result.authority());
        Account account = result.account().orElseThrow(() -> nobody(correlationId));
        ResolvedAuthority authority = authorities.resolve(named, correlationId);
        belonging.require(account, Partition.EMPTY, authority.authority(), correlationId);
        return authority;
    }

    private static ClientAuthException nobody(String correlationId) {
        return new ClientAuthException(ErrorDetails.of(
                        ErrorCodes.NULL_OR_EMPTY_TOKEN,
                        "the result has no ID token, so that nobody can tell whom user info would be about")
                .correlationId(correlationId));
    }
}
