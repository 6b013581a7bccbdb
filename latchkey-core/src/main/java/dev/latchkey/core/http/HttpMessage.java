package dev.latchkey.core.http;

import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to send: a GET, or a POST of a form.
 *
 * @param method GET or POST
 * @param uri where to, absolute
 * @param headers header names and values; {@code Content-Type} of a form is implied
 * @param form the form of a POST, null for GET
 * @param tlsIdentity what the client presents in the TLS handshake of this request (RFC 8705 section 2); null for the
 *     transport's own
 */
public record HttpMessage(
        HttpMethod method,
        URI uri,
        Map<String, String> headers,
        @Nullable Parameters form,
        @Nullable TlsIdentity tlsIdentity) {
    /** Copies the headers. */
    public HttpMessage {
        headers = Map.copyOf(headers);
    }

    /** A message over the transport's own TLS configuration. */
    public HttpMessage(HttpMethod method, URI uri, Map<String, String> headers, @Nullable Parameters form) {
        this(method, uri, headers, form, null);
    }

    /** A GET that accepts JSON. */
    public static HttpMessage get(URI uri) {
        return new HttpMessage(HttpMethod.GET, uri, Map.of("Accept", "application/json"), null);
    }

    /** A form POST that accepts JSON. */
    public static HttpMessage post(URI uri, Parameters form) {
        return new HttpMessage(HttpMethod.POST, uri, Map.of("Accept", "application/json"), form);
    }

    /** Starts a form POST that accepts JSON, its form still empty. */
    public static Builder builder(URI uri) {
        return new Builder(uri);
    }

    /** The same message with one more header. */
    public HttpMessage withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpMessage(method, uri, more, form, tlsIdentity);
    }

    /** Method and place without query: headers and form may hold secrets. */
    @Override
    public String toString() {
        return PrintableText.of(method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath());
    }

    /** A form POST under construction. Not thread-safe. */
    public static final class Builder {
        private static final String SPECIAL_IN_NAMES = "!#$%&'*+-.^_`|~";

        private final URI uri;
        private final Parameters.Builder form = Parameters.builder();
        private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "application/json"));
        private @Nullable TlsIdentity tlsIdentity;

        private Builder(URI uri) {
            this.uri = uri;
        }

        /** Where it goes. */
        public URI uri() {
            return uri;
        }

        /** Its form, to be added to. */
        public Parameters.Builder form() {
            return form;
        }

        /**
         * Sets a header.
         *
         * @throws IllegalArgumentException if the name is no token, or the value holds anything but visible ASCII, blanks
         *     and tabs (RFC 9110 section 5): a line break would start another header. The message does not quote the
         *     value
         */
        public Builder header(String name, String value) {
            if (name.isEmpty() || !name.chars().allMatch(Builder::isOfName)) {
                throw new IllegalArgumentException("the name of the header is not a token (RFC 9110 section 5.1)");
            }
            if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
                throw new IllegalArgumentException("the value of the header " + name + " is not printable ASCII");
            }
            headers.put(name, value);
            return this;
        }

        /** Sends this request with a TLS identity of its own (RFC 8705 section 2). Default: the transport's. */
        public Builder tlsIdentity(TlsIdentity value) {
            this.tlsIdentity = value;
            return this;
        }

        /** The message as built so far. */
        public HttpMessage build() {
            return new HttpMessage(HttpMethod.POST, uri, headers, form.build(), tlsIdentity);
        }

        private static boolean isOfName(int c) {
            return (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || SPECIAL_IN_NAMES.indexOf(c) >= 0;
        }
    }
}
