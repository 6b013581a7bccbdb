package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An issuer's keys, and tokens signed with them. */
final class TestKeys {
    static final RSAKey RSA = rsa("rsa-1");
    static final RSAKey STRANGER = rsa("rsa-1");
    static final ECKey EC_256 = ec("ec-256", Curve.P_256);
    static final ECKey EC_384 = ec("ec-384", Curve.P_384);
    static final ECKey EC_521 = ec("ec-521", Curve.P_521);
    static final SigningKeys KEYS = keys(RSA, EC_256, EC_384, EC_521);

    private TestKeys() {}

    static SigningKeys keys(JWK... keys) {
        return check(new JWKSet(java.util.List.of(keys)).toString());
    }

    static SigningKeys check(String document) {
        return SigningKeys.check(
                new HttpAnswer(200, Map.of(), document), URI.create("https://op.example/keys"), "call-1");
    }

    static RawIdToken signed(JWSAlgorithm algorithm, JWK key, Map<String, ?> claims) {
        return signed(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), key, Json.write(claims));
    }

    static RawIdToken signed(JWSHeader header, JWK key, String payload) {
        try {
            JWSObject token = new JWSObject(header, new Payload(payload));
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
            token.sign(signer);
            return new RawIdToken(Secret.of(token.serialize()));
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Signed by {@link #RSA} under a header that no library would write. */
    static RawIdToken signed(String header, String payload) {
        return signed(header, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #signed(String, String)}; the payload may be no text at all. */
    static RawIdToken signed(String header, byte[] payload) {
        try {
            String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
            Base64URL signature = new RSASSASigner(RSA)
                    .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
            return new RawIdToken(Secret.of(input + "." + signature));
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ECKey ec(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
