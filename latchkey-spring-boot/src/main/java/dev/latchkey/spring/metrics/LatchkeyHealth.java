package dev.latchkey.spring.metrics;

import dev.latchkey.ClientApplication;
import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of an application: down while its store cannot be read, and after a call failed because of the authority,
 * until a later call succeeds or five minutes have passed. Looks up one key in the store and never calls the authority.
 * Thread-safe.
 */
public final class LatchkeyHealth implements HealthIndicator, Consumer<EventMessage> {
    private static final Duration RELEVANT = Duration.ofMinutes(5);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

    private final ClientApplication application;
    private final InstantSource clock;
    private volatile @Nullable Failure failure;

    private record Failure(String code, Instant at) {}

    /** Creates the health indicator of this application. */
    public LatchkeyHealth(ClientApplication application, InstantSource clock) {
        this.application = application;
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
        Health.Builder health = Health.up().withDetail("authority", application.authority());
        addAuthority(health);
        addStore(health);
        return health.build();
    }

    private void addAuthority(Health.Builder health) {
        Failure last = failure;
        if (last == null) {
            return;
        }
        health.withDetail("lastFailure", last.code())
                .withDetail("lastFailureAt", last.at().toString());
        if (!last.at().plus(RELEVANT).isBefore(clock.instant())) {
            health.down();
        }
    }

    /** Reads the application's own partition; only a failure to read counts, not whether the partition exists. */
    private void addStore(Health.Builder health) {
        try {
            var unused = application
                    .accounts(PartitionKey.application(application.clientId()))
                    .get(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            health.withDetail("store", "readable");
        } catch (TimeoutException e) {
            health.down().withDetail("store", ErrorCodes.TIMED_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            health.unknown().withDetail("store", ErrorCodes.INTERRUPTED);
        } catch (ExecutionException | RuntimeException e) {
            // Without the message, which may contain paths and hosts.
            health.down().withDetail("store", KnownCodes.of(e));
        }
    }

    /** Errors caused by users or the registration say nothing about the authority. */
    private static boolean isTheAuthoritys(AuthException error) {
        return error instanceof NetworkException
                || (error instanceof ServerException
                        && error.status().filter(status -> status >= 500).isPresent());
    }
}
