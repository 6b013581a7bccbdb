package dev.latchkey.web.session;

import dev.latchkey.core.Hkdf;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The key from which a front derives all others: 256 random bits. Immutable. */
final class FrontKey {
    private static final int BYTES = 32;
    private static final byte[] NAME = "latchkey-web key name 1".getBytes(StandardCharsets.US_ASCII);
    private static final long FORMAT = 1;

    private final byte[] secret;
    private final int name;

    private FrontKey(byte[] secret) {
        this.secret = secret;
        this.name = ByteBuffer.wrap(Hkdf.derive(secret, new byte[0], NAME, Integer.BYTES))
                .getInt();
    }

    static FrontKey fresh(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new FrontKey(secret);
    }

    /** Distinguishes keys and reveals nothing else. */
    int name() {
        return name;
    }

    /** Derives a key for one purpose and salt. */
    byte[] derive(byte[] salt, byte[] info, int length) {
        return Hkdf.derive(secret, salt, info, length);
    }

    /** The stored form. */
    String write() {
        return Json.write(Map.of("format", FORMAT, "key", Base64.getEncoder().encodeToString(secret)));
    }

    static FrontKey read(String text) {
        try {
            JsonObject json = Json.parseObject(text);
            Long format = json.number("format");
            if (format == null || format != FORMAT) {
                throw new CacheException(
                        ErrorCodes.CACHE_NEWER_FORMAT,
                        "the stored key has a format that this version cannot read; update all nodes");
            }
            byte[] secret = Base64.getDecoder().decode(json.string("key", ""));
            if (secret.length == BYTES) {
                return new FrontKey(secret);
            }
        } catch (JsonException | IllegalArgumentException e) {
            // Reported below, like a wrong length.
        }
        throw new CacheException(ErrorCodes.CACHE_CORRUPT, "the stored key cannot be read");
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "FrontKey[" + Integer.toHexString(name) + "]";
    }
}
