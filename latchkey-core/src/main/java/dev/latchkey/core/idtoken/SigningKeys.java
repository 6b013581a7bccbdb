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
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The public keys an issuer signs with (RFC 7517), read once and ready to verify. Keys of kinds that sign nothing, or
 * that this platform cannot use, are passed over. Immutable and thread-safe.
 */
public final class SigningKeys {
    /** RFC 7518 section 3.3. */
    private static final int SMALLEST_RSA_BITS = 2048;

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

        @Override
        public String toString() {
            return PrintableText.of("SigningKey[" + id + "]");
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
        } catch (JsonException e) {
            throw new ClientAuthException(details);
        }
    }

    private static SigningKeys parse(String json) throws JsonException {
        JsonObject document = Json.parseObject(json);
        if (!(document.asMap().get("keys") instanceof List)) {
            throw new JsonException("no JWK set");
        }
        return new SigningKeys(document.objects("keys").stream()
                .map(SigningKeys::keyOf)
                .filter(Objects::nonNull)
                .toList());
    }

    /** A key that cannot be used is ignored, the others count (RFC 7517 section 5). */
    private static @Nullable SigningKey keyOf(JsonObject json) {
        try {
            JWK key = JWK.parse(Json.write(json));
            JWSVerifier verifier = KeyUse.ENCRYPTION.equals(key.getKeyUse()) ? null : verifierOf(key);
            return verifier == null ? null : new SigningKey(key.getKeyID(), key.getAlgorithm(), verifier);
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The JOSE library answers some malformed keys with unchecked failures.
            return null;
        }
    }

    /** The keys that can have made a signature with this header. */
    List<SigningKey> fitting(JWSHeader header) {
        return keys.stream().filter(key -> key.fits(header)).toList();
    }

    private static @Nullable JWSVerifier verifierOf(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return rsa.size() < SMALLEST_RSA_BITS ? null : new RSASSAVerifier(rsa.toRSAPublicKey());
        }
        return key instanceof ECKey ec ? new ECDSAVerifier(ec.toECPublicKey()) : null;
    }
}
