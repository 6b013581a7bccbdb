package dev.latchkey.internal.authority;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.token.AnswerBinding;
import dev.latchkey.core.token.AnswerBinding.IdTokenRule;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.core.token.UserInfo;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Redeems grants, whichever: sends the request, checks the answer, verifies the ID token. */
public final class TokenEndpoint {
    private final Settings.Identity identity;
    private final ClientRequests requests;
    private final SigningKeyRing keys;
    private final Network network;
    private final InstantSource clock;

    public TokenEndpoint(
            Settings.Identity identity,
            ClientRequests requests,
            SigningKeyRing keys,
            Network network,
            InstantSource clock) {
        this.identity = identity;
        this.requests = requests;
        this.keys = keys;
        this.network = network;
        this.clock = clock;
    }

    /** Redeems a grant that is of no further use to anybody if the answer to it is of none. */
    public TokenGrant redeem(ResolvedAuthority authority, TokenRequest request) {
        try {
            return verify(send(authority, request));
        } catch (SpentException e) {
            throw e.why();
        }
    }

    /** A grant of a sign-in that says who signed in: the same, or, from an authority without ID tokens, with user info. */
    public TokenGrant identified(TokenGrant grant, ResolvedAuthority authority, String correlationId) {
        URI userInfo = requireIdentity(authority, correlationId);
        return userInfo == null ? grant : identified(grant, userInfo, correlationId);
    }

    /**
     * Requires that the authority says who signed in: by ID token, or else by user info.
     *
     * @return where user info says so; null if an ID token does
     * @throws ClientConfigurationException {@code endpoint_not_supported}
     */
    public @Nullable URI requireIdentity(ResolvedAuthority authority, String correlationId) {
        return authority.authority().kind().issuesIdTokens() ? null : userInfoEndpoint(authority, correlationId);
    }

    private static URI userInfoEndpoint(ResolvedAuthority authority, String correlationId) {
        return authority
                .metadata()
                .userInfoEndpoint()
                .orElseThrow(() -> new ClientConfigurationException(ErrorDetails.of(
                                ErrorCodes.ENDPOINT_NOT_SUPPORTED,
                                "an authority without ID tokens says who signed in by its user info, but "
                                        + authority.metadata().whyAbsent(ProviderMetadata.USERINFO_ENDPOINT)
                                        + "; supply a document that has one with authorityMetadata")
                        .at(authority.authority().uri())
                        .correlationId(correlationId)));
    }

    private TokenGrant identified(TokenGrant grant, URI userInfo, String correlationId) {
        Secret token = grant.response().accessToken();
        if (token == null) {
            throw new ClientAuthException(
                    ErrorDetails.of(ErrorCodes.NULL_OR_EMPTY_TOKEN, "the authority sent no access token")
                            .correlationId(correlationId));
        }
        HttpAnswer answer = network.send(UserInfo.request(userInfo, token), correlationId);
        return grant.identifiedBy(UserInfo.identity(answer, userInfo, correlationId, clock.instant()));
    }

    /**
     * The first half: sends a grant. Its answer still has to be verified, for by now what the grant holds may be spent.
     *
     * @throws SpentException if it is spent, and the answer is of no use
     */
    public Sent send(ResolvedAuthority authority, TokenRequest request) {
        requests.requireCredentials(authority, request.correlationId());
        boolean needsKeys = ruleOf(authority, request) != IdTokenRule.UNUSED
                && !identity.answers().signature().isSymmetric();
        if (needsKeys) {
            keys.prepare(keyEndpoints(authority), request.correlationId());
        }
        Instant askedAt = clock.instant();
        HttpAnswer answer = requests.send(authority, request.message(), request.correlationId());
        try {
            TokenResponse response =
                    TokenResponse.check(answer, request, identity.answers().tokenLifetime(), clock.instant());
            return new Sent(authority, request, response, askedAt);
        } catch (ClientAuthException e) {
            throw TokenResponse.isGrant(answer) ? new SpentException(e, TokenResponse.refreshTokenIn(answer)) : e;
        }
    }

    /**
     * A grant that was sent, and its answer, whose ID token is not yet verified.
     *
     * @param authority who was asked
     * @param request what was sent
     * @param response the answer
     * @param askedAt when the request was sent
     */
    public record Sent(ResolvedAuthority authority, TokenRequest request, TokenResponse response, Instant askedAt) {}

    /** The second half: holds the answer against what the grant is bound to. */
    public TokenGrant verify(Sent sent) {
        AnswerBinding binding = sent.request.grant().binding();
        RawIdToken idToken = sent.response.idToken();
        IdTokenRule rule = ruleOf(sent.authority, sent.request);
        if (rule == IdTokenRule.UNUSED) {
            return grant(sent, sent.response.withoutIdToken(), null);
        }
        if (idToken == null && rule == IdTokenRule.REQUIRED) {
            throw noIdToken(sent.request);
        }
        return grant(sent, sent.response, idToken == null ? null : verified(idToken, sent, binding));
    }

    /** An ID token from an authority that is said to issue none is not believed, and not kept. */
    private static IdTokenRule ruleOf(ResolvedAuthority authority, TokenRequest request) {
        return authority.authority().kind().issuesIdTokens()
                ? request.grant().binding().idToken()
                : IdTokenRule.UNUSED;
    }

    private VerifiedIdToken verified(RawIdToken idToken, Sent sent, AnswerBinding binding) {
        return keys.verify(idToken, keyEndpoints(sent.authority), expectations(sent, binding));
    }

    private KeyEndpoints keyEndpoints(ResolvedAuthority authority) {
        return KeyEndpoints.of(authority, identity.clientId());
    }

    private IdTokenExpectations expectations(Sent sent, AnswerBinding binding) {
        TokenRequest request = sent.request;
        return IdTokenExpectations.builder(
                        sent.authority.metadata().issuer(), identity.clientId(), request.correlationId())
                .signature(identity.answers().signature())
                .trustedAudiences(identity.answers().trustedAudiences())
                .essentialAcrs(ClaimsRequest.essentialAcrs(request.claims()))
                .nonce(binding.nonce())
                .subject(binding.subject())
                .maxAge(binding.maxAge())
                .accessToken(sent.response.accessToken())
                .endpoint(request.endpoint())
                .build();
    }

    private static TokenGrant grant(Sent sent, TokenResponse response, @Nullable VerifiedIdToken idToken) {
        String text = response.clientInfo();
        try {
            return new TokenGrant(response, idToken, null, text == null ? null : ClientInfo.decode(text), sent.askedAt);
        } catch (ClientAuthException e) {
            TokenRequest request = sent.request;
            throw new ClientAuthException(e.details().at(request.endpoint()).correlationId(request.correlationId()));
        }
    }

    private static ClientAuthException noIdToken(TokenRequest request) {
        return new ClientAuthException(ErrorDetails.of(
                        ErrorCodes.NULL_OR_EMPTY_TOKEN,
                        "the authority sent no ID token though the scope openid was asked for")
                .at(request.endpoint())
                .correlationId(request.correlationId()));
    }
}
