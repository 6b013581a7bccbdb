package dev.latchkey.interaction;

import dev.latchkey.core.PrintableText;
import java.time.Duration;
import java.util.Set;

/** Where the loopback listener (RFC 8252 section 7.3) listens, and how it speaks to the person. Immutable. */
public final class LoopbackOptions {
    private static final int LONGEST_SHOWN = 100;
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");

    private final Builder values;

    private LoopbackOptions(Builder values) {
        this.values = values;
    }

    /** A free port, {@code http://localhost:PORT}, English pages. */
    public static LoopbackOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with another path of the redirect URI. */
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

    /** Collects options. Not thread-safe; what has been built does not change. */
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
         * The port to listen on; any free one if it is taken. Default 0: any free one. Authorities ignore the port of
         * loopback redirect URIs (RFC 8252 section 7.3), so that few programs need this.
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

        /** The words of the pages the person sees at the end. Default: {@link ResultPages#english()}. */
        public Builder pages(ResultPages value) {
            pages = value;
            return this;
        }

        /**
         * Takes the answer from a program of whatever user of this machine, where the browser runs as another than this
         * program. By default only the same user's, root's and, under {@code sudo}, the caller's is taken, where the
         * operating system tells (Linux).
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

        /** The options collected so far. */
        public LoopbackOptions build() {
            return new LoopbackOptions(new Builder(this));
        }
    }
}
