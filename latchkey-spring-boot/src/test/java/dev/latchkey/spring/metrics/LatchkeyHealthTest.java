package dev.latchkey.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** How the two listeners handle failures; successes are tested in a whole application. */
final class LatchkeyHealthTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final LatchkeyHealth health = of(MemoryTokenStore.builder().build());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AcquireMeters meters = new AcquireMeters(registry);

    private LatchkeyHealth of(TokenStore store) {
        return new LatchkeyHealth(
                PublicClientApplication.builder("shop").store(store).build(), clock);
    }

    private EventMessage event(EventType type, EventPayload payload) {
        return new EventMessage(type, Optional.of(InteractionType.SILENT), payload, clock.instant(), "call-1");
    }

    private EventMessage failed(AuthException error) {
        return event(EventType.ACQUIRE_TOKEN_FAILURE, new EventPayload.Failed(error));
    }

    @Test
    void health_beforeAnyCall_isUp() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("store", "readable");
    }

    @Test
    void health_whileTheStoreCannotBeRead_isDownWithTheCodeAlone() {
        LatchkeyHealth broken = of(new UnreadableStore(new CacheException("cache_unavailable", "/secret/place")));

        assertThat(broken.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(broken.health().getDetails())
                .containsOnlyKeys("authority", "store")
                .containsEntry("store", "cache_unavailable");
    }

    @Test
    void health_whileAStoreFailsInAWayOfItsOwn_isDown() {
        LatchkeyHealth broken = of(new UnreadableStore(new IllegalStateException("no connection to 10.0.0.1")));

        assertThat(broken.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(broken.health().getDetails()).containsEntry("store", "unexpected_error");
    }

    @Test
    void health_whenTheDirectoryOfAFileStoreIsTaken_isDown(@TempDir Path folder) throws IOException {
        Path directory = folder.resolve("tokens");
        LatchkeyHealth ofFiles = of(FileTokenStore.builder(directory).open());
        assertThat(ofFiles.health().getStatus()).isEqualTo(Status.UP);

        Files.move(directory, folder.resolve("gone"));
        Files.writeString(directory, "a file");

        assertThat(ofFiles.health().getStatus()).isEqualTo(Status.DOWN);
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

        assertThat(registry.get("latchkey.tokens")
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

        assertThat(registry.find("latchkey.tokens").timers()).hasSize(101);
        assertThat(registry.get("latchkey.tokens").tag("error", "other").timer().count())
                .isEqualTo(50);
    }
}
