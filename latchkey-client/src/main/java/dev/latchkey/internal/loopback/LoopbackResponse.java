package dev.latchkey.internal.loopback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One response, with the headers of every response: not stored, not sniffed, no referrer, nothing loaded. */
record LoopbackResponse(int status, Map<String, String> headers, String contentType, String body) {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(303, "See Other"),
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(431, "Request Header Fields Too Large"));

    static LoopbackResponse html(int status, String html) {
        return new LoopbackResponse(status, Map.of(), "text/html; charset=utf-8", html);
    }

    /** A response for programs and stray requests: the reason in one plain line. */
    static LoopbackResponse plain(int status) {
        return new LoopbackResponse(status, Map.of(), "text/plain; charset=utf-8", REASONS.get(status) + "\n");
    }

    static LoopbackResponse empty(int status) {
        return new LoopbackResponse(status, Map.of(), "", "");
    }

    static LoopbackResponse seeOther(String location) {
        return new LoopbackResponse(303, Map.of("Location", location), "", "");
    }

    static LoopbackResponse notAllowed(String allow) {
        return new LoopbackResponse(405, Map.of("Allow", allow), "", "");
    }

    static LoopbackResponse unsupportedMediaType(String accepted) {
        return new LoopbackResponse(415, Map.of("Accept-Post", accepted), "", "");
    }

    void writeTo(OutputStream out) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream(content.length + 1024);
        message.writeBytes(head(content.length).getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(content);
        out.write(message.toByteArray());
        out.flush();
    }

    private String head(int length) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + REASONS.get(status) + "\r\n");
        headers.forEach((name, value) -> add(head, name, value));
        if (!contentType.isEmpty()) {
            add(head, "Content-Type", contentType);
        }
        if (status != 204) {
            add(head, "Content-Length", Integer.toString(length));
        }
        add(head, "Cache-Control", "no-store");
        add(head, "Content-Security-Policy", PageHtml.CONTENT_SECURITY_POLICY);
        add(head, "Cross-Origin-Resource-Policy", "same-origin");
        add(head, "Referrer-Policy", "no-referrer");
        add(head, "X-Content-Type-Options", "nosniff");
        add(head, "Connection", "close");
        return head.append("\r\n").toString();
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
