package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
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
import java.util.List;
import java.util.Objects;

/**
 * The public keys an issuer signs with (RFC 7517), read once and ready to verify. Keys of kinds that sign nothing, or
 * that this platform cannot use, are passed over, and so are all after the first {@value #MOST_KEYS}. Immutable and
 * thread-safe.
 */
public final class SigningKeys {
    /** How many keys of a document are looked at; the largest issuers publish a tenth of that. */
    static final int MOST_KEYS = 100;

    /** How many keys are tried for one token. An issuer of several has to name the right one (OpenID Connect Core 10.1). */
    static final int MOST_TRIED = 10;

    /** No keys at all. */
    public static final SigningKeys NONE = new SigningKeys(List.of());

    private final List<SigningKey> keys;

    private SigningKeys(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The key is a secret that is shared with the issuer. */
    static SigningKeys of(byte[] secret, JWSAlgorithm algorithm) {
        return new SigningKeys(List.of(SigningKey.of(secret, algorithm)));
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
        // authentik publishes an empty document where the client secret is the key.
        boolean isEmpty = document.names().isEmpty();
        if (!isEmpty && !(document.asMap().get("keys") instanceof List)) {
            throw new JsonException("no JWK set");
        }
        return new SigningKeys(document.objects("keys").stream()
                .limit(MOST_KEYS)
                .map(SigningKey::of)
                .filter(Objects::nonNull)
                .toList());
    }

    /** How many of the keys are ready to verify. */
    public int size() {
        return keys.size();
    }

    /** The keys that can have made a signature with this header: the first {@value #MOST_TRIED}. */
    List<SigningKey> fitting(JWSHeader header) {
        return keys.stream().filter(key -> key.fits(header)).limit(MOST_TRIED).toList();
    }
}
