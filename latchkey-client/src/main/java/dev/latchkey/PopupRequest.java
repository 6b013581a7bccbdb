package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.interaction.LoopbackOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for {@code acquireTokenPopup} and {@code loginPopup}. Immutable and thread-safe. */
public final class PopupRequest extends InteractiveRequest {
    private final Builder values;

    private PopupRequest(Builder values) {
        super(values);
        this.values = values;
    }

    /** A request for these scopes. */
    public static PopupRequest of(String... scopes) {
        return builder(scopes).build();
    }

    /** Starts a request for these scopes, all of one resource. */
    public static Builder builder(String... scopes) {
        return new Builder(Scopes.of(scopes));
    }

    /** Starts a request for these scopes, all of one resource. */
    public static Builder builder(Scopes scopes) {
        return new Builder(scopes);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** See {@link Builder#redirectPath}. */
    public Optional<String> redirectPath() {
        return Optional.ofNullable(values.redirectPath);
    }

    /** See {@link Builder#timeout}. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(values.timeout);
    }

    /** See {@link Builder#overrideInteractionInProgress}. */
    public boolean overrideInteractionInProgress() {
        return values.overrideInteractionInProgress;
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder extends InteractiveRequest.Builder<Builder> {
        private @Nullable Duration timeout;
        private boolean overrideInteractionInProgress;
        private @Nullable String redirectPath;

        private Builder(Scopes scopes) {
            super(scopes);
        }

        private Builder(Builder from) {
            super(from);
            this.timeout = from.timeout;
            this.overrideInteractionInProgress = from.overrideInteractionInProgress;
            this.redirectPath = from.redirectPath;
        }

        /** How long the user may take. Default: the application's setting, 5 minutes. */
        public Builder timeout(@Nullable Duration value) {
            this.timeout = value;
            return this;
        }

        /**
         * Whether to cancel a running interaction in favour of this one; the cancelled call fails with {@code
         * interaction_in_progress_cancelled}. Default false.
         */
        public Builder overrideInteractionInProgress(boolean value) {
            this.overrideInteractionInProgress = value;
            return this;
        }

        /**
         * The path of the loopback redirect URI for this request, as registered at its authority. An application that
         * uses several issuers needs a separate path for each issuer that sends no {@code iss} in its responses (RFC
         * 9207, RFC 9700 section 4.4.2). Default: the path in the application's loopback options.
         *
         * @throws IllegalArgumentException if it is not a valid path, as for {@link LoopbackOptions.Builder#path}
         */
        public Builder redirectPath(@Nullable String value) {
            if (value != null) {
                LoopbackOptions.builder().path(value);
            }
            this.redirectPath = value;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /** Builds the request. */
        public PopupRequest build() {
            return new PopupRequest(new Builder(this));
        }
    }
}
