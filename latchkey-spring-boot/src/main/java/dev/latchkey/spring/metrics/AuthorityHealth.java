package dev.latchkey.spring.metrics;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health as the calls see it: down while the last call that needed the authority failed because of it, for at most five
 * minutes, for nobody may call it again. Never calls anything itself. Thread-safe.
 */
public final class AuthorityHealth implements HealthIndicator, Consumer<EventMessage> {
    private static final Duration RELEVANT = Duration.ofMinutes(5);

    private final String authority;
    private final InstantSource clock;
    private volatile @Nullable Failure failure;

    private record Failure(String code, Instant at) {}

    /** Health of this authority. */
    public AuthorityHealth(String authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public void accept(EventMessage event) {
        if (event.payload() instanceof EventPayload.Acquired acquired
                && !acquired.result().fromCache()) {
            failure = null;
        } else if (event.payload() instanceof EventPayload.Failed failed && isTheAuthoritys(failed.error())) {
            failure = new Failure(failed.error().errorCode(), event.timestamp());
        }
    }

    @Override
    public Health health() {
        Failure last = failure;
        Health.Builder health =
                last == null || last.at().plus(RELEVANT).isBefore(clock.instant()) ? Health.up() : Health.down();
        health.withDetail("authority", authority);
        if (last != null) {
            health.withDetail("lastFailure", last.code())
                    .withDetail("lastFailureAt", last.at().toString());
        }
        return health.build();
    }

    /** What a person or a registration does wrong says nothing about the authority. */
    private static boolean isTheAuthoritys(AuthException error) {
        return error instanceof NetworkException
                || (error instanceof ServerException
                        && error.status().filter(status -> status >= 500).isPresent());
    }
}
