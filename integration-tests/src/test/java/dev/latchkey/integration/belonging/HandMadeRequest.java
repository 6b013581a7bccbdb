package dev.latchkey.integration.belonging;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A request as a container passes it; calls that our servlets never make throw. */
final class HandMadeRequest extends HttpServletRequestWrapper {
    private final HttpCall call;
    private final HandMadeResponse response;
    private final Consumer<Runnable> later;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ServletInputStream body;

    /**
     * Creates a request.
     *
     * @param response the response
     * @param later receives work to be done after the request
     */
    HandMadeRequest(HttpCall call, HandMadeResponse response, Consumer<Runnable> later) {
        super(refusing(HttpServletRequest.class));
        this.call = call;
        this.response = response;
        this.later = later;
        this.headers.putAll(call.headers());
        this.body = new Body(call.body());
    }

    /** Rejects every call. */
    static <T> T refusing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    @Override
    public String getMethod() {
        return call.method();
    }

    @Override
    public String getRequestURI() {
        return call.address().getRawPath();
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getQueryString() {
        return call.address().getRawQuery();
    }

    @Override
    public String getScheme() {
        return call.address().getScheme();
    }

    @Override
    public boolean isSecure() {
        return getScheme().equals("https");
    }

    @Override
    public String getServerName() {
        return call.address().getHost();
    }

    @Override
    public int getServerPort() {
        return call.address().getPort() < 0 ? 443 : call.address().getPort();
    }

    @Override
    public String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public long getContentLengthLong() {
        return call.body().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Bodies are therefore read at once, on this thread. */
    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public Object getAttribute(String name) {
        return null;
    }

    @Override
    public Cookie[] getCookies() {
        return call.cookies().isEmpty()
                ? null
                : call.cookies().entrySet().stream()
                        .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue()))
                        .toArray(Cookie[]::new);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    /** A stream that stays open until the sequence ends. */
    @Override
    public AsyncContext startAsync() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "start" -> {
                        later.accept((Runnable) arguments[0]);
                        yield null;
                    }
                    case "getResponse" -> response;
                    case "setTimeout", "addListener", "complete" -> null;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(String text) {
            this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            return bytes.read();
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
}
