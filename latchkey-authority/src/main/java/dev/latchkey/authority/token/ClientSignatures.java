package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs what is for one client alone, and knows it again: with the authority's keys or with the client's secret. What a
 * client could have signed itself is never an access token.
 */
public final class ClientSignatures {
    private static final String TYPE = "JWT";

    private final SigningKeys keys;
    private final Function<String, Optional<Client>> clients;

    /** @param clients by their ids */
    public ClientSignatures(SigningKeys keys, Function<String, Optional<Client>> clients) {
        this.keys = keys;
        this.clients = clients;
    }

    /** Signs claims for a client. */
    public String sign(Client client, SigningAlgorithm algorithm, String type, Map<String, ?> claims) {
        if (algorithm != SigningAlgorithm.HS256) {
            return keys.sign(claims, type, algorithm);
        }
        return byHmac(secret(client), type, "", claims);
    }

    /** Signs other claims as something that {@link #verify} knew. */
    String signLike(String original, JsonObject before, Map<String, ?> claims) {
        SigningAlgorithm algorithm = algorithm(original);
        Optional<Client> client = clients.apply(before.string("aud", ""));
        return client.isEmpty() ? keys.sign(claims, TYPE, algorithm) : sign(client.get(), algorithm, TYPE, claims);
    }

    /** The algorithm in the header of something that was signed here. */
    static SigningAlgorithm algorithm(String jwt) {
        try {
            return SigningAlgorithm.of(
                            JWSObject.parse(jwt).getHeader().getAlgorithm().getName())
                    .orElse(SigningAlgorithm.RS256);
        } catch (ParseException e) {
            throw new IllegalArgumentException("not signed here", e);
        }
    }

    /** The claims of something signed here for a client; empty for anything else. Says nothing about time. */
    public Optional<JsonObject> verify(String jwt) {
        return keys.verify(jwt).or(() -> verifyByHmac(jwt));
    }

    static String byHmac(byte[] secret, String type, String keyId, Map<String, ?> claims) {
        String input = JwsText.signingInput(SigningAlgorithm.HS256.wireName(), type, keyId, claims);
        return JwsText.signed(input, Digests.hmac(secret, input.getBytes(US_ASCII)));
    }

    private Optional<JsonObject> verifyByHmac(String jwt) {
        try {
            JWSObject jws = JWSObject.parse(jwt);
            JsonObject claims = Json.parseObject(jws.getPayload().toString());
            boolean ours = JWSAlgorithm.HS256.equals(jws.getHeader().getAlgorithm())
                    && clients.apply(claims.string("aud", ""))
                            .filter(client -> !client.revealSecret().isEmpty())
                            .filter(client -> MessageDigest.isEqual(
                                    Digests.hmac(secret(client), jws.getSigningInput()),
                                    jws.getSignature().decode()))
                            .isPresent();
            return ours ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JsonException e) {
            return Optional.empty();
        }
    }

    private static byte[] secret(Client client) {
        return client.revealSecret().getBytes(UTF_8);
    }
}
