package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An authority that does not answer takes a bounded number of threads, and keeps no person waiting. */
@Timeout(120)
class ManyCallsTest {
    private static final int CALLS = 300;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(it -> it.store(store));

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void moreCallsThanThreads_allEnd_andAnInteractionWaitsForNone() {
        Account account = bench.signIn();
        CompletableFuture<URI> shown = new CompletableFuture<>();
        PublicClientApplication app =
                bench.application(it -> it.store(store).userAgent(shown::complete));
        int before = workers();
        List<CompletableFuture<AuthenticationResult>> calls = new ArrayList<>();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            for (int i = 0; i < CALLS; i++) {
                calls.add(app.acquireTokenSilent(SilentRequest.builder("User.Read")
                        .account(account)
                        .cacheKeyComponent("call " + i)
                        .build()));
            }
            barrier.awaitWaiting(1, SOON);

            CompletableFuture<AuthenticationResult> popup = app.acquireTokenPopup(PopupRequest.of("User.Read"));
            assertThat(Face.join(shown)).hasParameter("state");
            popup.cancel(true);
            assertThat(workers() - before).isLessThan(CALLS / 2);
            barrier.release();
        }
        calls.forEach(call -> assertThat(Face.join(call).fromCache()).isFalse());
        app.close();
    }

    /** Of the old kind; virtual threads are not listed. */
    private static int workers() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("latchkey-worker"))
                .count();
    }
}
