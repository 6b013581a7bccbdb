package dev.latchkey.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request without a container, and its response. Unexpected calls throw. */
final class Call {
    private final String method;
    private final URI address;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private byte[] body = {};

    /** What the container parsed before. */
    final Map<String, String[]> parameters = new LinkedHashMap<>();

    /** The result of {@code startAsync}; null if that is to fail. */
    AsyncContext async;

    /** The status of the response. */
    int status;

    final Map<String, List<String>> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Call(String method, String address) {
        this.method = method;
        this.address = URI.create(address);
    }

    static Call get(String address) {
        return new Call("GET", address);
    }

    static Call of(String method, String address) {
        return new Call(method, address);
    }

    static Call post(String address, String json) {
        return new Call("POST", address)
                .header("Content-Type", "application/json")
                .body(json);
    }

    Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Call cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    Call body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Makes a later request of the same browser: with the cookies that were set here, without those removed. */
    Call then(Call next) {
        Map<String, String> kept = new TreeMap<>();
        cookies.forEach(cookie -> kept.put(cookie.getName(), cookie.getValue()));
        for (String set : answered.getOrDefault("Set-Cookie", List.of())) {
            String pair = set.substring(0, set.indexOf(';'));
            kept.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        kept.forEach((name, value) -> {
            if (!value.isEmpty()) {
                next.cookie(name, value);
            }
        });
        return next;
    }

    int cookies() {
        return cookies.size();
    }

    /** The only value of a response header; empty if there is none. */
    String answer(String name) {
        List<String> values = answered.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(values.size() - 1);
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    Exchange exchange() {
        return new Exchange(request(), response(), address.getRawPath());
    }

    HttpServletRequest request() {
        ServletInputStream input = new Input(body);
        return made(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI" -> address.getRawPath();
            case "getContextPath" -> "";
            case "getQueryString" -> address.getRawQuery();
            case "getScheme" -> address.getScheme();
            case "getServerName" -> address.getHost();
            case "getServerPort" -> address.getPort();
            case "getHeader" -> headers.get((String) arguments[0]);
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getContentLengthLong" -> (long) body.length;
            case "getInputStream" -> input;
            case "getParameterMap" -> parameters;
            case "isAsyncSupported" -> false;
            case "startAsync" -> Optional.ofNullable(async).orElseThrow(IllegalStateException::new);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    HttpServletResponse response() {
        return made(HttpServletResponse.class, (name, arguments) -> {
            switch (name) {
                case "setStatus" -> status = (Integer) arguments[0];
                case "setHeader" -> answered.put((String) arguments[0], List.of((String) arguments[1]));
                case "addHeader" ->
                    answered.computeIfAbsent((String) arguments[0], it -> new ArrayList<>())
                            .add((String) arguments[1]);
                case "setContentType" -> answered.put("Content-Type", List.of((String) arguments[0]));
                case "setContentLength" -> answered.put("Content-Length", List.of("" + arguments[0]));
                case "containsHeader" -> {
                    return answered.containsKey((String) arguments[0]);
                }
                case "isCommitted" -> {
                    return false;
                }
                case "getOutputStream" -> {
                    return new Output(written);
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    /** Answers calls of a container interface. */
    interface Answers {
        Object answer(String name, Object[] arguments);
    }

    static <T> T made(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.answer(method.getName(), arguments)));
    }

    private static final class Input extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Input(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int most) {
            return bytes.read(into, from, most);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Output(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
