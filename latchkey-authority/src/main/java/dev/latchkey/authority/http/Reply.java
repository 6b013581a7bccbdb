package dev.latchkey.authority.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer: status, headers in order, body. */
public final class Reply {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private Reply(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** An answer with text of a media type. */
    public static Reply text(int status, String mediaType, String body) {
        return new Reply(status, Map.of("Content-Type", List.of(mediaType + ";charset=UTF-8")), body.getBytes(UTF_8));
    }

    /** JSON, not to be cached. */
    public static Reply json(int status, Map<String, ?> body) {
        return text(status, "application/json", Json.write(body))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache");
    }

    /** JSON that anybody may read and keep for a while. */
    public static Reply publicJson(Map<String, ?> body) {
        return text(200, "application/json", Json.write(body))
                .header("Cache-Control", "max-age=300")
                .header("Access-Control-Allow-Origin", "*");
    }

    /** Sends a browser elsewhere; 303 turns a posted form into a GET. */
    public static Reply redirect(boolean afterPost, String location) {
        return empty(afterPost ? 303 : 302)
                .header("Location", location)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer");
    }

    /** The same answer with one more header. */
    public Reply header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, values);
        return new Reply(status, more, body);
    }

    public int status() {
        return status;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }
}
