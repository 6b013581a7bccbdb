package dev.latchkey.internal.authority;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.UserInfo;
import dev.latchkey.internal.calls.Calls;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Asks the authority about the person who signed in. */
public final class UserInfoCall {
    private final Settings settings;
    private final Network network;
    private final Authorities authorities;
    private final Belonging belonging;
    private final SigningKeyRing keys;

    /** Asks nothing yet. */
    public UserInfoCall(
            Settings settings, Network network, Authorities authorities, Belonging belonging, SigningKeyRing keys) {
        this.settings = settings;
        this.network = network;
        this.authorities = authorities;
        this.belonging = belonging;
        this.keys = keys;
    }

    /** The claims, which are about the subject of the result's ID token, or an error. Runs on the executor. */
    public CompletableFuture<JsonObject> about(AuthenticationResult result) {
        String correlationId = settings.environment().entropy().correlationId();
        return Calls.start(settings.environment().executor(), correlationId, () -> ask(result, correlationId));
    }

    private JsonObject ask(AuthenticationResult result, String correlationId) {
        if (!result.hasAccessToken()) {
            throw refused("the result has no access token to ask for user info with", correlationId);
        }
        ResolvedAuthority authority = authorityOf(result, correlationId);
        boolean issuesIdTokens = authority.authority().kind().issuesIdTokens();
        String subject = issuesIdTokens
                ? result.idTokenClaims().string("sub")
                : result.account().orElseThrow().localAccountId();
        if (subject == null || subject.isEmpty()) {
            throw nobody(correlationId);
        }
        URI endpoint = endpointOf(authority, correlationId);
        HttpAnswer answer = network.send(UserInfo.request(endpoint, Secret.of(result.accessToken())), correlationId);
        Instant now = settings.environment().clock().instant();
        if (!issuesIdTokens) {
            return UserInfo.checkIdentity(answer, endpoint, subject, correlationId, now);
        }
        RawIdToken signed = UserInfo.signedIn(answer);
        if (signed == null) {
            return UserInfo.check(answer, endpoint, subject, correlationId, now);
        }
        ErrorDetails where = ErrorDetails.of("", "")
                .at(endpoint)
                .correlationId(correlationId)
                .status(answer.status());
        return UserInfo.about(subject, verified(signed, authority, where), where);
    }

    private static URI endpointOf(ResolvedAuthority authority, String correlationId) {
        return authority
                .metadata()
                .userInfoEndpoint()
                .orElseThrow(() -> new ClientConfigurationException(ErrorDetails.of(
                                ErrorCodes.ENDPOINT_NOT_SUPPORTED,
                                "the authority offers no user info: "
                                        + authority.metadata().whyAbsent(ProviderMetadata.USERINFO_ENDPOINT))
                        .at(authority.authority().uri())
                        .correlationId(correlationId)));
    }

    /** What is wrong with it is told as of ID tokens, under a code of its own. */
    private JsonObject verified(RawIdToken signed, ResolvedAuthority authority, ErrorDetails where) {
        Settings.Identity identity = settings.identity();
        IdTokenExpectations expected = IdTokenExpectations.builder(
                        authority.metadata().issuer(),
                        identity.clientId(),
                        Objects.requireNonNull(where.correlationId()))
                .signature(identity.answers().signature())
                .endpoint(where.endpoint())
                .build();
        try {
            return keys.verifyUserInfo(signed, KeyEndpoints.of(authority, identity.clientId()), expected);
        } catch (ClientAuthException e) {
            throw e.errorCode().equals(ErrorCodes.OPENID_CONFIG_ERROR)
                    ? e
                    : new ClientAuthException(e.details().code(ErrorCodes.INVALID_USERINFO));
        }
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
        return refused(
                "the result has no ID token, so that nobody can tell whom user info would be about", correlationId);
    }

    private static ClientAuthException refused(String why, String correlationId) {
        return new ClientAuthException(
                ErrorDetails.of(ErrorCodes.NULL_OR_EMPTY_TOKEN, why).correlationId(correlationId));
    }
}
