package dev.latchkey.core.idtoken;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys an issuer signs with (RFC 7517), read once and ready to verify. Keys of kinds that sign nothing, or
 * that this platform cannot use, are passed over. Immutable and thread-safe.
 */
public final class SigningKeys {
    /** Longest key document that is read, in characters. */
    private static final int MAX_LENGTH = 1_048_576;

    private final List<SigningKey> keys;

    private SigningKeys(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A key with its verifier, which costs more to make than to keep. */
    record SigningKey(@Nullable String id, @Nullable Algorithm algorithm, JWSVerifier verifier) {
        boolean fits(JWSHeader header) {
            JWSAlgorithm asked = header.getAlgorithm();
            return verifier.supportedJWSAlgorithms().contains(asked)
                    && (algorithm == null || algorithm.equals(asked))
                    && (header.getKeyID() == null || header.getKeyID().equals(id));
        }
    }

    /** The request for the keys. */
    public static HttpMessage request(URI keysEndpoint) {
        return HttpMessage.get(keysEndpoint);
    }

    /**
     * Checks the answer.
     *
     * @throws ServerException if the authority did not answer 2xx
     * @throws ClientAuthException {@code openid_config_error} if the document is unusable
     */
    public static SigningKeys check(HttpAnswer answer, URI keysEndpoint, String correlationId) {
        ErrorDetails details = ErrorDetails.of(
                        ErrorCodes.OPENID_CONFIG_ERROR, "the authority's key document is unusable")
                .at(keysEndpoint)
                .correlationId(correlationId)
                .status(answer.status());
        if (!answer.isSuccess()) {
            throw new ServerException(details);
        }
        try {
            return parse(answer.body());
        } catch (ParseException e) {
            throw new ClientAuthException(details);
        }
    }

    /** Reads a JWK set. */
    static SigningKeys parse(String json) throws ParseException {
        if (json.length() > MAX_LENGTH) {
            throw new ParseException("too long", 0);
        }
        List<SigningKey> keys = new ArrayList<>();
        for (JWK key : JWKSet.parse(json).getKeys()) {
            JWSVerifier verifier = KeyUse.ENCRYPTION.equals(key.getKeyUse()) ? null : verifierOf(key);
            if (verifier != null) {
                keys.add(new SigningKey(key.getKeyID(), key.getAlgorithm(), verifier));
            }
        }
        return new SigningKeys(keys);
    }

    /** The keys that can have made a signature with this header. */
    List<SigningKey> fitting(JWSHeader header) {
        return keys.stream().filter(key -> key.fits(header)).toList();
    }

    private static @Nullable JWSVerifier verifierOf(JWK key) {
        try {
            if (key instanceof RSAKey rsa) {
                return new RSASSAVerifier(rsa.toRSAPublicKey());
            }
            return key instanceof ECKey ec ? new ECDSAVerifier(ec.toECPublicKey()) : null;
        } catch (JOSEException | IllegalArgumentException e) {
            return null;
        }
    }
}
