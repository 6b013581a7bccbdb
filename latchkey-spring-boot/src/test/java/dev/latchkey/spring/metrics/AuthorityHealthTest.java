package dev.latchkey.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What the two listeners make of failures; successes are seen in a whole application. */
final class AuthorityHealthTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final AuthorityHealth health = new AuthorityHealth("https://id.example", clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AcquireMeters meters = new AcquireMeters(registry);

    private EventMessage event(EventType type, EventPayload payload) {
        return new EventMessage(type, Optional.of(InteractionType.SILENT), payload, clock.instant(), "call-1");
    }

    private EventMessage failed(AuthException error) {
        return event(EventType.ACQUIRE_TOKEN_FAILURE, new EventPayload.Failed(error));
    }

    @Test
    void health_beforeAnyCall_isUp() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void health_afterTheNetworkFailed_isDownForAWhile() {
        health.accept(failed(new NetworkException("network_error", "no route")));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("lastFailure", "network_error");
        clock.advance(Duration.ofMinutes(6));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void health_whenOnlyThePersonIsNeeded_isUp() {
        health.accept(failed(new InteractionRequiredAuthException("no_tokens_found", "sign in")));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void timer_ofAFailedCall_hasItsTimeAndItsCode() {
        meters.accept(event(EventType.ACQUIRE_TOKEN_START, new EventPayload.None()));
        clock.advance(Duration.ofSeconds(3));
        meters.accept(failed(new NetworkException("network_error", "no route")));

        assertThat(registry.get("latchkey.acquire")
                        .tags("outcome", "failure", "error", "network_error", "interaction", "silent", "source", "none")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void timer_ofMoreCodesThanOneCanWatch_callsTheRestOther() {
        for (int i = 0; i < 150; i++) {
            meters.accept(failed(new NetworkException("made_up_" + i, "x")));
        }

        assertThat(registry.find("latchkey.acquire").timers()).hasSize(101);
        assertThat(registry.get("latchkey.acquire")
                        .tag("error", "other")
                        .timer()
                        .count())
                .isEqualTo(50);
    }
}
