package dev.latchkey.authority.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An answer: status, headers in order, body, and how much of it arrives. */
public final class Reply {
    /** How much of an answer arrives. */
    public enum Delivery {
        WHOLE,
        /** Half the body, then the connection breaks. */
        HALF,
        /** Nothing: the connection is reset. */
        NONE
    }

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Delivery delivery;

    private Reply(int status, Map<String, List<String>> headers, byte[] body, Delivery delivery) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delivery = delivery;
    }

    /** No answer; the status recorded for it is 0. */
    public static Reply none() {
        return new Reply(0, Map.of(), new byte[0], Delivery.NONE);
    }

    /** A body without any header. */
    public static Reply raw(int status, String body) {
        return new Reply(status, Map.of(), body.getBytes(UTF_8), Delivery.WHOLE);
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return raw(status, "");
    }

    /** An answer with text of a media type. */
    public static Reply text(int status, String mediaType, String body) {
        return raw(status, body).header("Content-Type", mediaType + ";charset=UTF-8");
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
        return new Reply(status, more, body, delivery);
    }

    /** The same answer with a header in place of those of that name. */
    public Reply withHeader(String name, String value) {
        Map<String, List<String>> other = new LinkedHashMap<>(headers);
        other.keySet().removeIf(name::equalsIgnoreCase);
        other.put(name, List.of(value));
        return new Reply(status, other, body, delivery);
    }

    /** The same answer with another body. */
    public Reply withBody(String body) {
        return new Reply(status, headers, body.getBytes(UTF_8), delivery);
    }

    /** The same answer in gzip. */
    public Reply compressed() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(status, headers, compressed.toByteArray(), delivery).withHeader("Content-Encoding", "gzip");
    }

    /** The same answer, broken off in the middle. */
    public Reply halved() {
        return new Reply(status, headers, body, Delivery.HALF);
    }

    public Delivery delivery() {
        return delivery;
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
