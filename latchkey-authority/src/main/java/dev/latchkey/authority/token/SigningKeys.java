package dev.latchkey.authority.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The authority's keys. Made in the background, because an RSA key takes longer than the rest of the start. */
public final class SigningKeys {
    private static final int KEY_BITS = 2048;
    private static final int MAX_KEYS = 5;

    /** Newest first; all are published and accepted. */
    private volatile List<CompletableFuture<RSAKey>> keys;

    private final SecureRandom random;

    private SigningKeys(SecureRandom random) {
        this.random = random;
        this.keys = List.of(begin());
    }

    /** Begins to make a new key. */
    public static SigningKeys generate(SecureRandom random) {
        return new SigningKeys(random);
    }

    /** Signs with a new key from now on; the old ones stay published. */
    public synchronized void rotate() {
        List<CompletableFuture<RSAKey>> more = new ArrayList<>(List.of(begin()));
        more.addAll(keys);
        keys = List.copyOf(more.subList(0, Math.min(more.size(), MAX_KEYS)));
    }

    /** Signs with a new key from now on and forgets the old ones. */
    public synchronized void replace() {
        keys = List.of(begin());
    }

    private CompletableFuture<RSAKey> begin() {
        CompletableFuture<RSAKey> key = new CompletableFuture<>();
        Thread thread = new Thread(() -> key.completeAsync(this::newKey, Runnable::run), "local-authority-key");
        thread.setDaemon(true);
        thread.start();
        return key;
    }

    /** The id of the key that signs. */
    public String keyId() {
        return current().getKeyID();
    }

    /** Makes a key of which nobody knows. */
    SigningKeys stranger() {
        return new SigningKeys(random);
    }

    /** The public half of the key that signs. */
    public PublicKey publicKey() {
        try {
            return current().toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("the authority's key has no public half", e);
        }
    }

    /** What the keys endpoint publishes. */
    public List<Map<String, Object>> published() {
        return keys.stream().map(key -> key.join().toPublicJWK().toJSONObject()).toList();
    }

    /** Signs claims. */
    public String sign(Map<String, ?> claims, String type) {
        RSAKey current = current();
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
            return JWSAlgorithm.RS256.equals(jws.getHeader().getAlgorithm()) && isOurs(jws)
                    ? Optional.of(Json.parseObject(jws.getPayload().toString()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | JsonException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(JWSObject jws) throws JOSEException {
        for (CompletableFuture<RSAKey> key : keys) {
            if (key.join().getKeyID().equals(jws.getHeader().getKeyID())) {
                return jws.verify(new RSASSAVerifier(key.join().toPublicJWK()));
            }
        }
        return false;
    }

    private RSAKey current() {
        return keys.get(0).join();
    }

    private RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .secureRandom(random)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make an RSA key", e);
        }
    }
}
