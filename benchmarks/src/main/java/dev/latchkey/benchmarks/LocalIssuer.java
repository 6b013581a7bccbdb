package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.http.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * An issuer in this process, without sockets: its answers are made beforehand, so that what is measured is the library.
 * Answers after a latency, on the thread that asks.
 */
final class LocalIssuer {
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));
    private static final Duration LIFE = Duration.ofHours(1);

    private final RSAKey key;
    private final Duration latency;
    private final String metadata;
    private final AtomicInteger requests = new AtomicInteger();

    /** What the token endpoint says next. */
    private volatile String answer = "{}";

    LocalIssuer(Duration latency) {
        this.latency = latency;
        this.metadata = Json.write(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", Person.AUTHORITY + "/oauth2/v2.0/authorize",
                "token_endpoint", Person.AUTHORITY + "/oauth2/v2.0/token",
                "jwks_uri", Person.AUTHORITY + "/discovery/v2.0/keys"));
        try {
            this.key = new RSAKeyGenerator(2048).keyID("benchmark").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on the token endpoint gives this answer. */
    void answer(String body) {
        answer = body;
    }

    /** How many requests the token endpoint got since it was last asked. */
    int requests() {
        return requests.getAndSet(0);
    }

    /** A token answer for a person, with a signed ID token. */
    String answerFor(Person person, String scope) {
        return Json.write(Map.of(
                "token_type", "Bearer",
                "scope", scope,
                "expires_in", LIFE.toSeconds(),
                "ext_expires_in", LIFE.toSeconds(),
                "access_token", person.accessToken(5),
                "refresh_token", person.refreshToken(),
                "id_token", idToken(person),
                "client_info", person.clientInfo()));
    }

    HttpTransport latchkey() {
        return (message, timeout) -> new HttpAnswer(200, JSON, bodyFor(message));
    }

    IHttpClient msal4j() {
        return request -> {
            if (!request.url().getPath().endsWith("/token")) {
                throw new AssertionError("asked for something else: " + request.url());
            }
            HttpResponse response = new HttpResponse().statusCode(200).body(redeemed());
            response.addHeaders(JSON);
            return response;
        };
    }

    OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> spring() {
        return request -> {
            redeemed();
            return OAuth2AccessTokenResponse.withToken("new")
                    .tokenType(OAuth2AccessToken.TokenType.BEARER)
                    .expiresIn(LIFE.toSeconds())
                    .refreshToken("rotated")
                    .build();
        };
    }

    private String bodyFor(HttpMessage message) {
        String path = message.uri().getPath();
        if (path.endsWith("/openid-configuration")) {
            return metadata;
        }
        return path.endsWith("/keys") ? new JWKSet(key.toPublicJWK()).toString() : redeemed();
    }

    private String redeemed() {
        requests.incrementAndGet();
        if (!latency.isZero()) {
            LockSupport.parkNanos(latency.toNanos());
        }
        return answer;
    }

    private String idToken(Person person) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(Person.CLIENT)
                .subject(person.subject())
                .claim("oid", person.uid())
                .claim("tid", Person.TENANT)
                .claim("preferred_username", person.username())
                .claim("name", "Person")
                .claim("ver", "2.0")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String issuer() {
        return Person.AUTHORITY + "/v2.0";
    }
}
