package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Many callers request an expired token at the same time. */
final class FiftyAtOnce implements Step {
    private static final int CALLERS = 50;

    @Override
    public String title() {
        return "Fifty requests for an expired token";
    }

    @Override
    public String about() {
        return "The clock that program, authority and API share moves two hours ahead: the token has expired."
                + " Fifty threads request a new one at once.";
    }

    @Override
    public void play(Stage stage, Story story) {
        Optional<Secret> before = stage.refreshToken();
        stage.clock().advance(Duration.ofHours(2));
        story.call("acquireTokenSilent(User.Read), on " + CALLERS + " threads");
        List<AuthenticationResult> results = askAtOnce(stage);
        story.promise(
                "exactly one token request for " + CALLERS + " callers",
                1L,
                stage.traffic().tokenRequests(GrantType.REFRESH_TOKEN));
        String token = results.get(0).accessToken();
        story.promise("all of them have the same token", results.stream().allMatch(result -> result.accessToken()
                .equals(token)));
        story.promise("and it is a new one", !token.equals(stage.signedIn().accessToken()));
        story.promise(
                "the refresh token was replaced too: each can be used only once",
                before.isPresent() && stage.refreshToken().isPresent() && !before.equals(stage.refreshToken()));
    }

    /** All threads are ready before the first request. */
    private static List<AuthenticationResult> askAtOnce(Stage stage) {
        SilentRequest request = stage.silently("User.Read").build();
        CountDownLatch ready = new CountDownLatch(CALLERS);
        List<CompletableFuture<AuthenticationResult>> asked = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            CompletableFuture<AuthenticationResult> result = new CompletableFuture<>();
            asked.add(result);
            Thread caller = new Thread(() -> ask(stage, request, ready, result), "latchkey-demo-caller-" + i);
            caller.setDaemon(true);
            caller.start();
        }
        return asked.stream().map(Futures::await).toList();
    }

    private static void ask(
            Stage stage, SilentRequest request, CountDownLatch ready, CompletableFuture<AuthenticationResult> result) {
        try {
            ready.countDown();
            ready.await();
            result.complete(stage.app().blocking().acquireTokenSilent(request));
        } catch (InterruptedException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
