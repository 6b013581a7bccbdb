package dev.latchkey.interaction;

import dev.latchkey.core.PrintableText;
import java.time.Duration;
import java.util.Set;

/** Options of the loopback listener (RFC 8252 section 7.3): its address and its result pages. Immutable. */
public final class LoopbackOptions {
    private static final int LONGEST_SHOWN = 100;
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");

    private final Builder values;

    private LoopbackOptions(Builder values) {
        this.values = values;
    }

    /** The defaults: a free port, {@code http://localhost:PORT}, English pages. */
    public static LoopbackOptions defaults() {
        return builder().build();
    }

    /** Starts a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A copy with a different path of the redirect URI. */
    public LoopbackOptions withPath(String path) {
        return new Builder(values).path(path).build();
    }

    /** See {@link Builder#preferredPort}. */
    public int preferredPort() {
        return values.preferredPort;
    }

    /** See {@link Builder#host}. */
    public String host() {
        return values.host;
    }

    /** See {@link Builder#path}. */
    public String path() {
        return values.path;
    }

    /** See {@link Builder#pages}. */
    public ResultPages pages() {
        return values.pages;
    }

    /** See {@link Builder#anyUser}. */
    public boolean anyUser() {
        return values.anyUser;
    }

    /** See {@link Builder#answerTimeout}. */
    public Duration answerTimeout() {
        return values.answerTimeout;
    }

    /** Builds options. Not thread-safe; options already built do not change. */
    public static final class Builder {
        private int preferredPort;
        private String host = "localhost";
        private String path = "";
        private ResultPages pages = ResultPages.english();
        private boolean anyUser;
        private Duration answerTimeout = Duration.ofSeconds(30);

        private Builder() {}

        private Builder(Builder other) {
            preferredPort = other.preferredPort;
            host = other.host;
            path = other.path;
            pages = other.pages;
            anyUser = other.anyUser;
            answerTimeout = other.answerTimeout;
        }

        /**
         * The port to listen on; any free port if it is in use. Default 0: any free port. Authorities ignore the port
         * of loopback redirect URIs (RFC 8252 section 7.3), so few programs need this.
         */
        public Builder preferredPort(int value) {
            if (value < 0 || value > 65_535) {
                throw new IllegalArgumentException("not a port: " + value);
            }
            preferredPort = value;
            return this;
        }

        /**
         * The host in the redirect URI: {@code localhost} (default) or {@code 127.0.0.1}, whichever is registered. The
         * listener is bound to the loopback addresses in both cases.
         */
        public Builder host(String value) {
            if (!HOSTS.contains(value)) {
                throw new IllegalArgumentException(
                        "the host must be one of " + HOSTS + ": " + PrintableText.of(value, LONGEST_SHOWN));
            }
            host = value;
            return this;
        }

        /** The path of the redirect URI, as registered: empty (default), or with a leading slash. */
        public Builder path(String value) {
            if (!isPath(value)) {
                throw new IllegalArgumentException(
                        "a path starts with a slash and holds no query: " + PrintableText.of(value, LONGEST_SHOWN));
            }
            path = value;
            return this;
        }

        /** Segments of unreserved characters (RFC 3986 section 2.3); only the last may be empty. */
        private static boolean isPath(String value) {
            for (int i = 0; i < value.length(); i++) {
                boolean afterSlash = i > 0 && value.charAt(i - 1) == '/';
                boolean isRight = value.charAt(i) == '/' ? !afterSlash : i > 0 && isUnreserved(value.charAt(i));
                if (!isRight) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isUnreserved(char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
        }

        /** The texts of the result pages shown to the user at the end. Default: {@link ResultPages#english()}. */
        public Builder pages(ResultPages value) {
            pages = value;
            return this;
        }

        /**
         * Accepts the response from a program of any user of this machine, for a browser that runs as a different user
         * than this program. By default the response is accepted only from the same user, from root and, under {@code
         * sudo}, from the calling user, if the operating system can tell (Linux).
         */
        public Builder anyUser() {
            anyUser = true;
            return this;
        }

        /** How long the browser is kept waiting for the result page. Default 30 seconds; positive. */
        public Builder answerTimeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("the answer timeout must be positive");
            }
            answerTimeout = value;
            return this;
        }

        /** Builds the options. */
        public LoopbackOptions build() {
            return new LoopbackOptions(new Builder(this));
        }
    }
}
