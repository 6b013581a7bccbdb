package dev.latchkey.cli.demo;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;

/** A scope without consent cannot be acquired silently. */
final class ConsentNeeded implements Step {
    @Override
    public String title() {
        return "Another scope requires consent";
    }

    @Override
    public String about() {
        return "The program now wants to read mail. The user has not consented to that yet.";
    }

    @Override
    public void play(Stage stage, Story story) {
        story.call("acquireTokenSilent(Mail.Read)");
        AuthException error = Failures.of(
                stage.app().acquireTokenSilent(stage.silently("Mail.Read").build()));
        story.fact("answer", error.errorCode() + ": " + error.details().message());
        story.promise(
                "fails with InteractionRequiredAuthException: ask the user",
                InteractionRequiredAuthException.class,
                error.getClass());
    }
}
