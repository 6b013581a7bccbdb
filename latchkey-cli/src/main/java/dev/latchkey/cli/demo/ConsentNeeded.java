package dev.latchkey.cli.demo;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;

/** What the person has not agreed to cannot be had silently. */
final class ConsentNeeded implements Step {
    @Override
    public String title() {
        return "One scope more needs consent";
    }

    @Override
    public String about() {
        return "The program now wants to read mail. The person never agreed to that; only they can.";
    }

    @Override
    public void play(Stage stage, Story story) {
        story.call("acquireTokenSilent(Mail.Read)");
        AuthException error = Failures.of(
                stage.app().acquireTokenSilent(stage.silently("Mail.Read").build()));
        story.fact("answer", error.errorCode() + ": " + error.details().message());
        story.promise(
                "fails with InteractionRequiredAuthException: ask the person",
                InteractionRequiredAuthException.class,
                error.getClass());
    }
}
