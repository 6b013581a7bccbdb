package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import dev.latchkey.authority.SigningAlgorithm;
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
    private volatile List<CompletableFuture<Pair>> keys;

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
        List<CompletableFuture<Pair>> more = new ArrayList<>(List.of(begin()));
        more.addAll(keys);
        keys = List.copyOf(more.subList(0, Math.min(more.size(), MAX_KEYS)));
    }

    /** Signs with a new key from now on and forgets the old ones. */
    public synchronized void replace() {
        keys = List.of(begin());
    }

    private CompletableFuture<Pair> begin() {
        CompletableFuture<Pair> key = new CompletableFuture<>();
        Thread thread = new Thread(() -> key.completeAsync(this::newPair, Runnable::run), "local-authority-key");
        thread.setDaemon(true);
        thread.start();
        return key;
    }

    /** The id of the RSA key that signs. */
    public String keyId() {
        return current().rsa().getKeyID();
    }

    /** Makes a key of which nobody knows. */
    SigningKeys stranger() {
        return new SigningKeys(random);
    }

    /** The public half of the RSA key that signs. */
    public PublicKey publicKey() {
        try {
            return current().rsa().toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("the authority's key has no public half", e);
        }
    }

    /** What the keys endpoint publishes for clients that know RSA only, as every client has to. */
    public List<Map<String, Object>> publishedRsa() {
        return keys.stream()
                .map(key -> key.join().rsa().toPublicJWK().toJSONObject())
                .toList();
    }

    /** Every key. */
    public List<Map<String, Object>> published() {
        List<Map<String, Object>> all = new ArrayList<>(publishedRsa());
        keys.forEach(key -> all.add(key.join().edwards().published().toJSONObject()));
        return all;
    }

    /** Signs claims with the RSA key. */
    public String sign(Map<String, ?> claims, String type) {
        return sign(claims, type, SigningAlgorithm.RS256);
    }

    /** Signs claims with the key of an algorithm. */
    public String sign(Map<String, ?> claims, String type, SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> byRsa(current().rsa(), claims, type);
            case EDDSA -> byEdwards(current().edwards(), claims, type);
            case HS256 -> throw new IllegalArgumentException("the authority has no secret of its own");
        };
    }

    private static String byEdwards(EdwardsKey current, Map<String, ?> claims, String type) {
        String input = JwsText.signingInput(
                SigningAlgorithm.EDDSA.wireName(), type, current.published().getKeyID(), claims);
        return JwsText.signed(input, current.sign(input.getBytes(US_ASCII)));
    }

    private static String byRsa(RSAKey current, Map<String, ?> claims, String type) {
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
            return isOurs(jws) ? Optional.of(Json.parseObject(jws.getPayload().toString())) : Optional.empty();
        } catch (ParseException | JOSEException | JsonException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(JWSObject jws) throws JOSEException {
        for (CompletableFuture<Pair> key : keys) {
            if (key.join().signed(jws)) {
                return true;
            }
        }
        return false;
    }

    private Pair current() {
        return keys.get(0).join();
    }

    private Pair newPair() {
        return new Pair(newRsaKey(), EdwardsKey.generate(random));
    }

    private RSAKey newRsaKey() {
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

    /** The keys in use at one time. */
    private record Pair(RSAKey rsa, EdwardsKey edwards) {
        boolean signed(JWSObject jws) throws JOSEException {
            JWSAlgorithm algorithm = jws.getHeader().getAlgorithm();
            String keyId = String.valueOf(jws.getHeader().getKeyID());
            if (algorithm.equals(JWSAlgorithm.RS256)) {
                return keyId.equals(rsa.getKeyID()) && jws.verify(new RSASSAVerifier(rsa.toPublicJWK()));
            }
            return algorithm.equals(JWSAlgorithm.EdDSA)
                    && keyId.equals(edwards.published().getKeyID())
                    && edwards.verifies(
                            jws.getSigningInput(), jws.getSignature().decode());
        }
    }
}
