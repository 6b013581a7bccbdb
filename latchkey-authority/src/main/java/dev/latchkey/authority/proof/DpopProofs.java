package dev.latchkey.authority.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Replays;
import dev.latchkey.authority.token.Digests;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/** Checks DPoP proofs in the order of RFC 9449 section 4.3. */
public final class DpopProofs {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private final Site site;
    private final Replays replays;
    private final DpopNonces nonces;

    public DpopProofs(Site site, Replays replays) {
        this.site = site;
        this.replays = replays;
        this.nonces = new DpopNonces(site.realms().base());
    }

    /** The nonce that is good now. */
    public String nonce() {
        return nonces.at(site.now());
    }

    /** The thumbprint of the key a request proves to hold; empty if it has no proof. */
    public Optional<String> thumbprint(Request request, Optional<String> accessToken) throws OAuthException {
        Optional<String> proof = request.header("dpop");
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(proof.get());
            JWK key = checkedKey(jwt);
            checkClaims(jwt.getJWTClaimsSet(), request, accessToken);
            String thumbprint = key.computeThumbprint().toString();
            checkFirst(jwt.getJWTClaimsSet(), thumbprint);
            return Optional.of(thumbprint);
        } catch (ParseException | JOSEException e) {
            throw invalid("it is not one JWT with a usable key in its header");
        }
    }

    private static JWK checkedKey(SignedJWT jwt) throws OAuthException, JOSEException {
        JWSHeader header = jwt.getHeader();
        if (header.getType() == null || !header.getType().getType().equals("dpop+jwt")) {
            throw invalid("typ must be dpop+jwt");
        }
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw invalid("alg must be one of " + ALGORITHMS);
        }
        JWK key = header.getJWK();
        if (key == null || key.isPrivate()) {
            throw invalid("the header must have the public key as jwk");
        }
        if (!jwt.verify(verifier(key))) {
            throw invalid("the signature does not verify with the key in its header");
        }
        return key;
    }

    private static JWSVerifier verifier(JWK key) throws OAuthException, JOSEException {
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        throw invalid("the key must be EC or RSA");
    }

    private void checkClaims(JWTClaimsSet claims, Request request, Optional<String> accessToken)
            throws OAuthException, ParseException {
        if (!request.method().equals(claims.getStringClaim("htm"))) {
            throw invalid("htm must be " + request.method());
        }
        String uri = site.realms().base() + request.path();
        if (!uri.equals(claims.getStringClaim("htu"))) {
            throw invalid("htu must be " + uri);
        }
        checkNonce(claims.getStringClaim("nonce"));
        checkTime(claims.getIssueTime());
        String expected = accessToken.map(Digests::challenge).orElse("");
        if (accessToken.isPresent() && !expected.equals(claims.getStringClaim("ath"))) {
            throw invalid("ath is not the hash of the access token");
        }
    }

    private void checkNonce(@org.jspecify.annotations.Nullable String nonce) throws OAuthException {
        boolean bad = nonce == null ? site.settings().dpopNonce() : !nonces.isGood(nonce, site.now());
        if (bad) {
            throw Problem.DPOP_NONCE_NEEDED.because("the DPoP proof needs the nonce of the header DPoP-Nonce");
        }
    }

    private void checkTime(@org.jspecify.annotations.Nullable Date issued) throws OAuthException {
        Instant now = site.now();
        if (issued == null
                || issued.toInstant().isBefore(now.minus(TOLERANCE))
                || issued.toInstant().isAfter(now.plus(TOLERANCE))) {
            throw invalid("iat is not within five minutes of " + now);
        }
    }

    private void checkFirst(JWTClaimsSet claims, String thumbprint) throws OAuthException {
        String id = claims.getJWTID();
        if (id == null || id.isBlank() || !replays.isFirst(thumbprint, id)) {
            throw invalid("jti is missing or has been used before");
        }
    }

    private static OAuthException invalid(String reason) {
        return Problem.DPOP_PROOF_INVALID.because("the DPoP proof is not good: " + reason);
    }
}
