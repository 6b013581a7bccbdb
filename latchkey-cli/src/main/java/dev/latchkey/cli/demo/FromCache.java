package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import java.time.Duration;

/** Shows the most common case. */
final class FromCache implements Step {
    @Override
    public String title() {
        return "Silent again: from the cache";
    }

    @Override
    public String about() {
        return "The next call needs no network: the cache serves it until shortly before the token expires.";
    }

    @Override
    public void play(Stage stage, Story story) {
        story.call("acquireTokenSilent(User.Read)");
        AuthenticationResult result = Futures.await(
                stage.app().acquireTokenSilent(stage.silently("User.Read").build()));
        Duration left = Duration.between(stage.clock().instant(), result.expiresOn());
        story.fact("expires", "in " + left.toMinutes() + " minutes");
        story.promise("the result says that it is from the cache", true, result.fromCache());
        story.promise(
                "it is the same token",
                result.accessToken().equals(stage.signedIn().accessToken()));
        story.promise("no request reached the authority", 0, stage.traffic().count());
    }
}
