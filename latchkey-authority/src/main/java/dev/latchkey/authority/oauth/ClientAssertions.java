package dev.latchkey.authority.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.AssertionCredential;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Replays;
import dev.latchkey.authority.token.Thumbprints;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Checks {@code private_key_jwt} and federated assertions (RFC 7523 section 3). */
final class ClientAssertions {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String FEDERATED_AUDIENCE = "api://AzureADTokenExchange";
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);
    private static final Duration SKEW = Duration.ofMinutes(5);
    /** The most usual first. */
    private static final List<JWSAlgorithm> ALGORITHMS =
            List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final Site site;
    private final Replays replays;

    ClientAssertions(Site site, Replays replays) {
        this.site = site;
        this.replays = replays;
    }

    /** The client an assertion says it is from, before anything is checked. */
    static Optional<String> subjectOf(String assertion) {
        try {
            return Optional.ofNullable(
                    SignedJWT.parse(assertion).getJWTClaimsSet().getSubject());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** What metadata says of assertions. */
    static List<String> algorithms() {
        return ALGORITHMS.stream().map(JWSAlgorithm::getName).toList();
    }

    void check(Realm realm, Client client, Params form) throws OAuthException {
        String type = TokenEndpoint.required(form, "client_assertion_type");
        if (!type.equals(TYPE)) {
            throw Problem.UNSUPPORTED_VALUE.because("client_assertion_type must be " + TYPE);
        }
        if (client.assertionCredentials().isEmpty()) {
            throw Problem.ASSERTION_INVALID.because(
                    "the client " + client.clientId() + " has no certificate, key or federated credential registered");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(TokenEndpoint.required(form, "client_assertion"));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            AssertionCredential credential = credential(client, jwt);
            checkNames(realm, client, credential, claims);
            checkTime(claims);
            checkFirst(realm, client, credential, claims);
        } catch (ParseException e) {
            throw Problem.ASSERTION_INVALID.because("client_assertion is not a signed JWT");
        }
    }

    /** The registered credential that this assertion is signed by. */
    private static AssertionCredential credential(Client client, SignedJWT jwt) throws OAuthException {
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            throw Problem.ASSERTION_INVALID.because(
                    "client_assertion is signed with " + jwt.getHeader().getAlgorithm() + "; supported: " + ALGORITHMS);
        }
        for (AssertionCredential credential : client.assertionCredentials()) {
            if (isNamed(credential, jwt.getHeader()) && verifies(credential, jwt)) {
                return credential;
            }
        }
        throw Problem.ASSERTION_INVALID.because("client_assertion is not signed by a key registered for client "
                + client.clientId() + "; with a certificate the header must have its x5t#S256 or x5t");
    }

    private static boolean isNamed(AssertionCredential credential, JWSHeader header) {
        if (credential.certificate().isEmpty()) {
            return true;
        }
        X509Certificate certificate = credential.certificate().get();
        if (header.getX509CertSHA256Thumbprint() != null) {
            String sha256 = header.getX509CertSHA256Thumbprint().toString();
            return urlSafe(sha256).equals(Thumbprints.sha256(certificate));
        }
        String sha1 = String.valueOf(header.toJSONObject().get("x5t"));
        return Thumbprints.sha1(certificate).equals(urlSafe(sha1))
                || Thumbprints.sha256(certificate).equals(header.getKeyID())
                || Thumbprints.sha1(certificate).equals(header.getKeyID());
    }

    /** RFC 7515 wants base64url; msal4j sends plain base64 with padding, and Entra takes it. */
    private static String urlSafe(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return base64.substring(0, end).replace('+', '-').replace('/', '_');
    }

    private static boolean verifies(AssertionCredential credential, SignedJWT jwt) {
        try {
            return jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), credential.key()));
        } catch (JOSEException | IllegalStateException wrongKindOfKey) {
            return false;
        }
    }

    private static void checkNames(Realm realm, Client client, AssertionCredential credential, JWTClaimsSet claims)
            throws OAuthException {
        String issuer = credential.issuer().orElse(client.clientId());
        String subject = credential.subject().orElse(client.clientId());
        if (!issuer.equals(claims.getIssuer()) || !subject.equals(claims.getSubject())) {
            Problem problem = credential.isFederated() ? Problem.ASSERTION_UNTRUSTED : Problem.ASSERTION_INVALID;
            throw problem.because("client_assertion has iss " + claims.getIssuer() + " and sub " + claims.getSubject()
                    + "; expected " + issuer + " and " + subject);
        }
        List<String> expected = credential.isFederated()
                ? List.of(FEDERATED_AUDIENCE)
                : List.of(realm.uri(Endpoint.TOKEN), realm.advertisedIssuer(), realm.base() + realm.path());
        if (claims.getAudience().stream().noneMatch(expected::contains)) {
            throw Problem.ASSERTION_INVALID.because(
                    "client_assertion has aud " + claims.getAudience() + "; expected " + expected.get(0));
        }
    }

    private void checkTime(JWTClaimsSet claims) throws OAuthException {
        Instant now = site.now();
        Date expires = claims.getExpirationTime();
        if (expires == null || !now.minus(SKEW).isBefore(expires.toInstant())) {
            throw Problem.ASSERTION_INVALID.because("client_assertion has expired or has no exp");
        }
        if (expires.toInstant().isAfter(now.plus(MAX_LIFETIME).plus(SKEW))) {
            throw Problem.ASSERTION_INVALID.because(
                    "client_assertion lives longer than " + MAX_LIFETIME.toHours() + " hours");
        }
        Date begins = claims.getNotBeforeTime();
        if (begins != null && begins.toInstant().isAfter(now.plus(SKEW))) {
            throw Problem.ASSERTION_INVALID.because("client_assertion is not valid yet");
        }
    }

    /** RFC 7523 section 3 (7). A federated token is its issuer's to limit. */
    private void checkFirst(Realm realm, Client client, AssertionCredential credential, JWTClaimsSet claims)
            throws OAuthException {
        if (credential.isFederated()) {
            return;
        }
        String id = claims.getJWTID();
        if (id == null || id.isBlank()) {
            throw Problem.ASSERTION_INVALID.because("client_assertion has no jti");
        }
        if (!realm.personality().takesAssertionsAgain() && !replays.isFirst(client.clientId(), id)) {
            throw Problem.ASSERTION_REPLAYED.because("client_assertion has been used before: its jti was seen");
        }
    }
}
