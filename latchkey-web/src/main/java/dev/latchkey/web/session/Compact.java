package dev.latchkey.web.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses text (RFC 1951) with a dictionary of what all of it has in common. Each text mixes fresh random secrets
 * with values of the page, so its length reveals nothing that helps to guess later secrets.
 */
final class Compact {
    /** A change needs a new version of {@link Seal}. The most frequent text is last, where matches are cheapest. */
    private static final byte[] DICTIONARY = ("{\"error\":{\"name\":\"InteractionRequiredAuthError\",\"errorCode\":\""
                    + "\",\"subError\":null,\"errorMessage\":\",\"correlationId\":\"\",\"claims\":null,\"retryAfter\":null}}"
                    + "{\"id\":\",\"status\":400,\"outcome\":\",\"account\":null,\"expires_on\":1"
                    + "\"expected\":{\"homeAccountId\":\"\",\"environment\":\"login.microsoftonline.com\",\"tenantId\":\""
                    + "\"step_up\":{\"component\":\"\",\"claims\":\"{\\\"access_token\\\":{\",\"extras\":{\"acr_values\":\""
                    + "\"type\":\"FRAME\",\"type\":\"REDIRECT\",\"return_to\":\"/\",\"type\":\"POPUP\",\"state\":\""
                    + "\",\"saved\":\"{\\\"scopes\\\":\\\"openid profile offline_access User.Read email"
                    + "\\\",\\\"authority\\\":null,\\\"tenant\\\":null,\\\"claims\\\":null,\\\"resource\\\":null,"
                    + "\\\"max_age\\\":null,\\\"extras\\\":{},\\\"query_extras\\\":{},\\\"cache_key_component\\\":null,"
                    + "\\\"issuer\\\":\\\"https://login.microsoftonline.com//v2.0\\\",\\\"store\\\":\\\"iar\\\","
                    + "\\\"user_state\\\":null,\\\"redirect_uri\\\":\\\"https://www./latchkey/callback\\\","
                    + "\\\"state\\\":\\\"\\\",\\\"nonce\\\":\\\"\\\",\\\"verifier\\\":\\\"\\\","
                    + "\\\"correlation_id\\\":\\\"-4\\\"}\",\"return_to\":null,\"expected\":null,\"step_up\":null,"
                    + "\"signed_in\":false,\"signed_in\":true,\"expires_on\":17")
            .getBytes(StandardCharsets.UTF_8);

    private static final int CHUNK = 1024;

    private Compact() {}

    static byte[] pack(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                packed.write(chunk, 0, deflater.deflate(chunk));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The text; null if the bytes are invalid or expand to more than {@code mostBytes}. */
    static @Nullable String unpack(byte[] packed, int mostBytes) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed);
            ByteArrayOutputStream text = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 || text.size() + length > mostBytes) {
                    return null;
                }
                text.write(chunk, 0, length);
            }
            return text.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
