package dev.latchkey.internal.loopback;

import dev.latchkey.core.LowerCase;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads one HTTP/1.1 request (RFC 9112), strictly and within limits. Timeouts are up to the connection. */
final class RequestReader {
    /** Browsers send the cookies of every other program on this host too: cookies know no ports. */
    static final int MAX_HEAD = 256 * 1024;

    static final int MAX_BODY = 64 * 1024;

    /** Headers that affect parsing or the rules; none of them may be repeated. */
    private static final Set<String> DECISIVE =
            Set.of("host", "content-type", "content-length", "transfer-encoding", "expect");

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private int headLength;

    RequestReader(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /**
     * Reads the request.
     *
     * @throws EOFException if the peer disconnected before the end
     */
    LoopbackRequest read() throws IOException, BadRequestException {
        String[] start = requestLine();
        Map<String, String> headers = headers();
        String[] target = start[1].split("\\?", 2);
        String query = target.length == 2 ? target[1] : null;
        return new LoopbackRequest(start[0], target[0], query, headers, body(start[0], headers));
    }

    private String[] requestLine() throws IOException, BadRequestException {
        String[] parts = line().split(" ", -1);
        boolean wellFormed = parts.length == 3
                && parts[0].chars().allMatch(c -> c >= 'A' && c <= 'Z')
                && parts[1].startsWith("/")
                && parts[1].chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')
                && (parts[2].equals("HTTP/1.1") || parts[2].equals("HTTP/1.0"));
        if (!wellFormed || parts[0].isEmpty()) {
            throw new BadRequestException(400);
        }
        return parts;
    }

    private Map<String, String> headers() throws IOException, BadRequestException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || !line.chars().limit(colon).allMatch(RequestReader::isNameChar)) {
                throw new BadRequestException(400);
            }
            String name = LowerCase.of(line.substring(0, colon));
            String value = line.substring(colon + 1).strip();
            if (DECISIVE.contains(name) && headers.put(name, value) != null) {
                throw new BadRequestException(400);
            }
        }
        return headers;
    }

    private String body(String method, Map<String, String> headers) throws IOException, BadRequestException {
        if (headers.containsKey("transfer-encoding")) {
            throw new BadRequestException(411);
        }
        int length = contentLength(method, headers);
        if (length > 0 && headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write(CONTINUE);
            out.flush();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String method, Map<String, String> headers) throws BadRequestException {
        String text = headers.get("content-length");
        if (text == null) {
            if (method.equals("POST")) {
                throw new BadRequestException(411);
            }
            return 0;
        }
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequestException(400);
        }
        if (text.length() > 9 || Integer.parseInt(text) > MAX_BODY) {
            throw new BadRequestException(413);
        }
        return Integer.parseInt(text);
    }

    /**
     * Reads one line without its CRLF. A lone LF or another control character is rejected, because parsers treat them
     * differently.
     */
    private String line() throws IOException, BadRequestException {
        StringBuilder line = new StringBuilder(128);
        while (true) {
            int c = next();
            if (c == '\r') {
                if (next() != '\n') {
                    throw new BadRequestException(400);
                }
                return line.toString();
            }
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new BadRequestException(400);
            }
            line.append((char) c);
        }
    }

    private int next() throws IOException, BadRequestException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException();
        }
        if (++headLength > MAX_HEAD) {
            throw new BadRequestException(431);
        }
        return c;
    }

    private static boolean isNameChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
