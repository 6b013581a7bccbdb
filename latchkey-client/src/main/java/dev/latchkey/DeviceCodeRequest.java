package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code acquireTokenByDeviceCode} (RFC 8628): the user signs in on another device. Immutable and
 * thread-safe.
 */
public final class DeviceCodeRequest {
    private final Builder values;

    private DeviceCodeRequest(Builder values) {
        this.values = values;
    }

    /** A request for scopes at the application's authority; see {@link #builder}. */
    public static DeviceCodeRequest of(Scopes scopes, Consumer<DeviceCodeResponse> prompt) {
        return builder(scopes, prompt).build();
    }

    /**
     * Starts a request for these scopes, all of one resource.
     *
     * @param prompt shows the user which code to enter where; called once, on a thread of the executor
     */
    public static Builder builder(Scopes scopes, Consumer<DeviceCodeResponse> prompt) {
        return new Builder(scopes, prompt);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The requested scopes. */
    public Scopes scopes() {
        return values.scopes;
    }

    /** Shows the user which code to enter where. */
    public Consumer<DeviceCodeResponse> prompt() {
        return values.prompt;
    }

    /** See {@link Builder#authority}. */
    public Optional<String> authority() {
        return Optional.ofNullable(values.authority);
    }

    /** See {@link Builder#resource}. */
    public Optional<String> resource() {
        return Optional.ofNullable(values.resource);
    }

    /** See {@link Builder#timeout}. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(values.timeout);
    }

    /** See {@link Builder#correlationId}. */
    public Optional<String> correlationId() {
        return Optional.ofNullable(values.correlationId);
    }

    @Override
    public String toString() {
        return "DeviceCodeRequest[" + values.scopes + "]";
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder {
        private final Scopes scopes;
        private final Consumer<DeviceCodeResponse> prompt;
        private @Nullable String authority;
        private @Nullable String resource;
        private @Nullable Duration timeout;
        private @Nullable String correlationId;

        private Builder(Scopes scopes, Consumer<DeviceCodeResponse> prompt) {
            this.scopes = scopes;
            this.prompt = prompt;
        }

        private Builder(Builder from) {
            this(from.scopes, from.prompt);
            this.authority = from.authority;
            this.resource = from.resource;
            this.timeout = from.timeout;
            this.correlationId = from.correlationId;
        }

        /** The authority, for example another B2C policy. Default: the application's. */
        public Builder authority(@Nullable String value) {
            this.authority = value;
            return this;
        }

        /**
         * The resource the token is for (RFC 8707). Default none; a token bound to a resource serves only that resource.
         */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /**
         * How long the user may take, from when the code is shown. Default, and at most: as long as the code is valid.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(@Nullable Duration value) {
            this.timeout = value == null ? null : ClientApplicationBuilder.positive(value);
            return this;
        }

        /** The correlation id of the call, for logs on both sides. Default: generated. */
        public Builder correlationId(@Nullable String value) {
            this.correlationId = value;
            return this;
        }

        /** Builds the request. */
        public DeviceCodeRequest build() {
            return new DeviceCodeRequest(new Builder(this));
        }
    }
}
