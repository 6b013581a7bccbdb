package dev.latchkey.authority.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The authority's keys. Made in the background, because an RSA key takes longer than the rest of the start. */
public final class SigningKeys {
    private static final int KEY_BITS = 2048;

    private final CompletableFuture<RSAKey> key;

    private SigningKeys(CompletableFuture<RSAKey> key) {
        this.key = key;
    }

    /** Begins to make a new key. */
    public static SigningKeys generate() {
        CompletableFuture<RSAKey> key = new CompletableFuture<>();
        Thread thread = new Thread(() -> key.completeAsync(SigningKeys::newKey, Runnable::run), "local-authority-key");
        thread.setDaemon(true);
        thread.start();
        return new SigningKeys(key);
    }

    /** What the keys endpoint publishes. */
    public List<Map<String, Object>> published() {
        return new JWKSet(key.join().toPublicJWK())
                .getKeys().stream().map(published -> published.toJSONObject()).toList();
    }

    /** Signs claims. */
    public String sign(Map<String, ?> claims, String type) {
        RSAKey current = key.join();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .keyID(current.getKeyID())
                .build();
        JWSObject jws = new JWSObject(header, new Payload(Json.write(claims)));
        try {
            jws.sign(new RSASSASigner(current));
        } catch (JOSEException e) {
            throw new IllegalStateException("the authority's key does not sign", e);
        }
        return jws.serialize();
    }

    /** The claims of something this authority signed; empty for anything else. Says nothing about time. */
    public Optional<JsonObject> verify(String jwt) {
        try {
            JWSObject jws = JWSObject.parse(jwt);
            RSAKey current = key.join();
            boolean ours = JWSAlgorithm.RS256.equals(jws.getHeader().getAlgorithm())
                    && jws.verify(new RSASSAVerifier(current.toPublicJWK()));
            return ours ? Optional.of(Json.parseObject(jws.getPayload().toString())) : Optional.empty();
        } catch (ParseException | JOSEException | JsonException e) {
            return Optional.empty();
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make an RSA key", e);
        }
    }
}
