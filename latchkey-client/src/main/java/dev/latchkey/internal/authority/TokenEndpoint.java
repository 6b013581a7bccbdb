package dev.latchkey.internal.authority;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Redeems grants: sends the request, checks the answer, verifies the ID token. */
public final class TokenEndpoint {
    private final Settings.Identity identity;
    private final Network network;
    private final SigningKeyRing keys;
    private final InstantSource clock;

    public TokenEndpoint(Settings.Identity identity, Network network, SigningKeyRing keys, InstantSource clock) {
        this.identity = identity;
        this.network = network;
        this.keys = keys;
        this.clock = clock;
    }

    /** Redeems a code; there must be an ID token, for without one nobody has signed in. */
    public TokenGrant redeemCode(
            ResolvedAuthority authority,
            TokenRequest request,
            Secret code,
            AuthorizationRequest sent,
            @Nullable Duration maxAge) {
        keys.prepare(authority.metadata().keysEndpoint(), request.correlationId());
        Instant askedAt = clock.instant();
        TokenResponse response = send(request.authorizationCode(code, sent), request);
        RawIdToken idToken = required(response, request);
        IdTokenExpectations expected =
                expectations(authority, request, response, new Bound(sent.nonce(), null, maxAge));
        return grant(response, verify(idToken, authority, expected), askedAt, request);
    }

    /** Redeems a device code; no nonce travelled, so none is expected. */
    public TokenGrant redeemDeviceCode(ResolvedAuthority authority, TokenRequest request, Secret deviceCode) {
        keys.prepare(authority.metadata().keysEndpoint(), request.correlationId());
        Instant askedAt = clock.instant();
        TokenResponse response = send(request.deviceCode(deviceCode), request);
        RawIdToken idToken = required(response, request);
        IdTokenExpectations expected = expectations(authority, request, response, new Bound(null, null, null));
        return grant(response, verify(idToken, authority, expected), askedAt, request);
    }

    /**
     * Sends a refresh token; the answer still has to be verified, for by now the token may be spent.
     *
     * @throws SpentException if it is spent, and the answer is of no use
     */
    public Refreshed refresh(ResolvedAuthority authority, TokenRequest request, Secret refreshToken) {
        keys.prepare(authority.metadata().keysEndpoint(), request.correlationId());
        Instant askedAt = clock.instant();
        HttpAnswer answer = network.send(request.refreshToken(refreshToken), request.correlationId());
        try {
            return new Refreshed(check(answer, request), askedAt);
        } catch (ClientAuthException e) {
            throw TokenResponse.isGrant(answer) ? new SpentException(e, TokenResponse.refreshTokenIn(answer)) : e;
        }
    }

    /**
     * A refresh whose ID token is not yet verified.
     *
     * @param response the answer
     * @param askedAt when the request was sent
     */
    public record Refreshed(TokenResponse response, Instant askedAt) {}

    /** Verifies the ID token of a refresh, if there is one (OpenID Connect Core 12.2). */
    public TokenGrant verify(
            Refreshed refreshed, ResolvedAuthority authority, TokenRequest request, @Nullable String subject) {
        RawIdToken idToken = refreshed.response.idToken();
        if (idToken == null) {
            return grant(refreshed.response, null, refreshed.askedAt, request);
        }
        IdTokenExpectations expected =
                expectations(authority, request, refreshed.response, new Bound(null, subject, null));
        return grant(refreshed.response, verify(idToken, authority, expected), refreshed.askedAt, request);
    }

    private TokenResponse send(HttpMessage message, TokenRequest request) {
        return check(network.send(message, request.correlationId()), request);
    }

    private TokenResponse check(HttpAnswer answer, TokenRequest request) {
        return TokenResponse.check(answer, request.endpoint(), request.correlationId(), clock.instant());
    }

    private VerifiedIdToken verify(RawIdToken token, ResolvedAuthority authority, IdTokenExpectations expected) {
        return keys.verify(token, authority.metadata().keysEndpoint(), expected);
    }

    private IdTokenExpectations expectations(
            ResolvedAuthority authority, TokenRequest request, TokenResponse response, Bound bound) {
        return IdTokenExpectations.builder(authority.metadata().issuer(), identity.clientId(), request.correlationId())
                .trustedAudiences(identity.trustedAudiences())
                .essentialAcrs(ClaimsRequest.essentialAcrs(request.claims()))
                .nonce(bound.nonce)
                .subject(bound.subject)
                .maxAge(bound.maxAge)
                .accessToken(response.accessToken())
                .endpoint(request.endpoint())
                .build();
    }

    /** What ties an ID token to what was asked before. */
    private record Bound(
            @Nullable String nonce,
            @Nullable String subject,
            @Nullable Duration maxAge) {}

    private static TokenGrant grant(
            TokenResponse response, @Nullable VerifiedIdToken idToken, Instant askedAt, TokenRequest request) {
        String text = response.clientInfo();
        try {
            return new TokenGrant(response, idToken, text == null ? null : ClientInfo.decode(text), askedAt);
        } catch (ClientAuthException e) {
            throw new ClientAuthException(e.details().at(request.endpoint()).correlationId(request.correlationId()));
        }
    }

    private static RawIdToken required(TokenResponse response, TokenRequest request) {
        RawIdToken idToken = response.idToken();
        if (idToken == null) {
            throw new ClientAuthException(ErrorDetails.of(
                            ErrorCodes.NULL_OR_EMPTY_TOKEN,
                            "the authority sent no ID token though the scope openid was asked for")
                    .at(request.endpoint())
                    .correlationId(request.correlationId()));
        }
        return idToken;
    }
}
