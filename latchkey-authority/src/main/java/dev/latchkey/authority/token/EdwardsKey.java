package dev.latchkey.authority.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** An Ed25519 key (RFC 8037). The JDK signs: Nimbus would need one more library for it. */
final class EdwardsKey {
    private static final int PUBLIC_KEY_BYTES = 32;

    private final KeyPair pair;
    private final OctetKeyPair published;

    private EdwardsKey(KeyPair pair, OctetKeyPair published) {
        this.pair = pair;
        this.published = published;
    }

    static EdwardsKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            // The key itself is the end of its encoding (RFC 8410 section 4).
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] x = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length);
            return new EdwardsKey(
                    pair,
                    new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.EdDSA)
                            .keyIDFromThumbprint()
                            .build());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("cannot make an Ed25519 key", e);
        }
    }

    OctetKeyPair published() {
        return published;
    }

    byte[] sign(byte[] input) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authority's key does not sign", e);
        }
    }

    boolean verifies(byte[] input, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(pair.getPublic());
            signature.update(input);
            return signature.verify(signed);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }
}
