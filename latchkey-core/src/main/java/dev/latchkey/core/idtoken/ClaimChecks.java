package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.json.WellFormed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The claims' part of OpenID Connect Core 3.1.3.7, each step named after the specification. */
record ClaimChecks(JsonObject claims, IdTokenExpectations expected, IdTokenVerifier.Failures failures, Instant now) {
    private static final List<String> IDENTIFIERS =
            List.of("iss", "sub", "aud", "azp", "nonce", "oid", "tid", "sid", "tfp", "acr");

    /** All checks, in the specification's order. */
    void all(JWSAlgorithm algorithm) {
        identifiers();
        issuer();
        audience();
        authorizedParty();
        expiry();
        issuedAt();
        nonce();
        maxAge();
        signInTime();
        accessTokenHash(algorithm);
        subject();
        authenticationContext();
    }

    /** Section 5.3.2, and {@code exp} if there is one (RFC 7519 section 4.1.4). */
    void allOfUserInfo() {
        identifiers();
        issuer();
        userInfoAudience();
        if (claims.has("exp")) {
            expiry();
        }
    }

    /** It may be for others too: unlike an ID token it signs nobody in. */
    private void userInfoAudience() {
        present("aud", ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH);
        if (!audiences().contains(expected.clientId())) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH,
                    " is for another client; expected " + expected.clientId() + ", got " + audiences());
        }
    }

    /** What accounts, sessions and tenants are told apart by is text that every encoding can hold. */
    private void identifiers() {
        for (String name : IDENTIFIERS) {
            if (!WellFormed.isText(claims.string(name))
                    || !claims.strings(name).stream().allMatch(WellFormed::isText)) {
                throw failures.of(ErrorCodes.INVALID_ID_TOKEN, "'s " + name + " holds half a character");
            }
        }
    }

    /** Step 2. */
    private void issuer() {
        String issuer = text("iss", ErrorCodes.ID_TOKEN_ISSUER_MISMATCH);
        if (!expected.issuer().accepts(issuer, claims.string("tid"))) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_ISSUER_MISMATCH,
                    " is from another issuer; expected " + expected.issuer() + ", got " + issuer);
        }
    }

    /** Step 3: it is for us, and for nobody we do not trust with it. */
    private void audience() {
        present("aud", ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH);
        Set<String> audiences = audiences();
        if (!audiences.contains(expected.clientId())) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH,
                    " is for another client; expected " + expected.clientId() + ", got " + audiences);
        }
        audiences.remove(expected.clientId());
        audiences.removeAll(expected.trustedAudiences());
        if (!audiences.isEmpty()) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH,
                    " is for others too: " + audiences + "; if they may have it, declare them with trustedAudiences");
        }
    }

    /** RFC 7519 section 4.1.3: one string, or a list of nothing but strings. Empty if it is neither. */
    private Set<String> audiences() {
        String single = claims.string("aud");
        List<String> several = single == null ? claims.strings("aud") : List.of(single);
        boolean pure =
                single != null || (claims.asMap().get("aud") instanceof List<?> all && all.size() == several.size());
        return new LinkedHashSet<>(pure ? several : List.of());
    }

    /** Steps 4 and 5: a token for several must name us as the one it was issued to. */
    private void authorizedParty() {
        boolean needed = claims.has("azp") || audiences().size() > 1;
        if (needed && !expected.clientId().equals(text("azp", ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH))) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH,
                    " was issued to another client (azp); expected " + expected.clientId());
        }
    }

    /** Step 9. */
    private void expiry() {
        Instant expiry = time("exp");
        if (!now.minus(IdTokenVerifier.CLOCK_SKEW).isBefore(expiry)) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_EXPIRED,
                    " expired at " + expiry + ", it is now " + now + "; are both clocks right?");
        }
    }

    /** Step 10, and {@code nbf} (RFC 7519 section 4.1.5). */
    private void issuedAt() {
        Instant latest = now.plus(IdTokenVerifier.CLOCK_SKEW);
        Instant issuedAt = time("iat");
        Instant notBefore = claims.has("nbf") ? time("nbf") : issuedAt;
        if (issuedAt.isAfter(latest) || notBefore.isAfter(latest)) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_NOT_YET_VALID,
                    " is from the future (" + issuedAt + "), it is now " + now + "; are both clocks right?");
        }
    }

    /** Step 11. On a refresh no nonce was sent and the token need not have one (section 12.2). */
    private void nonce() {
        if (expected.nonce() != null && !expected.nonce().equals(text("nonce", ErrorCodes.NONCE_MISMATCH))) {
            throw failures.of(ErrorCodes.NONCE_MISMATCH, " answers another request (nonce); it was not believed");
        }
    }

    /** Section 2: when the person signed in is a time, also if nobody asks how long ago. */
    private void signInTime() {
        if (claims.has("auth_time")) {
            time("auth_time");
        }
    }

    /** Step 13. */
    private void maxAge() {
        if (expected.maxAge() == null) {
            return;
        }
        if (claims.jsonNumber("auth_time") == null) {
            throw failures.of(
                    ErrorCodes.AUTH_TIME_NOT_FOUND,
                    " does not say when the person signed in (auth_time), and a maximum age was asked for");
        }
        Instant oldest = now.minus(expected.maxAge()).minus(IdTokenVerifier.CLOCK_SKEW);
        if (time("auth_time").isBefore(oldest)) {
            throw failures.of(
                    ErrorCodes.MAX_AGE_TRANSPIRED,
                    " is about a person who signed in longer ago than the maximum age; ask again with prompt=login");
        }
    }

    /** Section 3.1.3.8. */
    private void accessTokenHash(JWSAlgorithm algorithm) {
        Object claim = claims.asMap().get("at_hash");
        if (claim == null || expected.accessToken() == null) {
            return;
        }
        String actual = leftHalf(expected.accessToken().reveal(), algorithm);
        String hash = text("at_hash", ErrorCodes.ID_TOKEN_HASH_MISMATCH);
        if (!MessageDigest.isEqual(hash.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8))) {
            throw failures.of(ErrorCodes.ID_TOKEN_HASH_MISMATCH, " does not belong to the access token (at_hash)");
        }
    }

    /** Section 5.7 and, on refresh, 12.2. */
    private void subject() {
        String subject = text("sub", ErrorCodes.INVALID_ID_TOKEN);
        if (expected.subject() != null && !expected.subject().equals(subject)) {
            throw failures.of(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH, " is about another person than before (sub)");
        }
    }

    /** Step 12, section 5.5.1.1. The last check: a token that fails only this one still identifies the person. */
    private void authenticationContext() {
        String actual = claims.string("acr");
        if (!expected.essentialAcrs().isEmpty()
                && (actual == null || !expected.essentialAcrs().contains(actual))) {
            throw failures.of(
                    ErrorCodes.ACR_MISMATCH,
                    " is about a person who did not sign in as the claims ask (acr); essential is one of "
                            + new TreeSet<>(expected.essentialAcrs()) + ", got "
                            + (actual == null ? "none" : actual)
                            + "; ask the person with the same claims, or without them if another way will do");
        }
    }

    /** RFC 7519 section 2, NumericDate: a JSON number. Fractions of a second are cut off. */
    private Instant time(String claim) {
        @Nullable Long seconds = claims.jsonNumber(claim);
        if (seconds == null || seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            present(claim, ErrorCodes.INVALID_ID_TOKEN);
            throw failures.of(
                    ErrorCodes.INVALID_ID_TOKEN,
                    "'s " + claim + " is no time: a number of seconds (RFC 7519 section 2)");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** A claim that must be there, as text: what is absent is called absent, what has another type is called that. */
    private String text(String claim, String code) {
        present(claim, code);
        String text = claims.string(claim);
        if (text == null) {
            throw failures.of(
                    code, "'s " + claim + " is " + typeOf(claims.asMap().get(claim)) + ", and must be a string");
        }
        return text;
    }

    private void present(String claim, String code) {
        Object value = claims.asMap().get(claim);
        if (value == null || value.equals("")) {
            throw failures.of(code, " has no " + claim);
        }
    }

    private static String typeOf(@Nullable Object value) {
        return value instanceof Number ? "a number" : value instanceof Boolean ? "a truth value" : "no text";
    }

    private static String leftHalf(String accessToken, JWSAlgorithm algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(hashOf(algorithm))
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has the SHA-2 family", e);
        }
    }

    /** That of the signature; Ed25519 has SHA-512 in it (RFC 8032 section 5.1). */
    private static String hashOf(JWSAlgorithm algorithm) {
        return Ed25519Verifier.ALGORITHMS.contains(algorithm)
                ? "SHA-512"
                : "SHA-" + algorithm.getName().substring(2);
    }
}
