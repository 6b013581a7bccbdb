package dev.latchkey.cli.demo;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;

/** Nobody has signed in: the silent call says so, and asks nobody. */
final class SilentFirst implements Step {
    @Override
    public String title() {
        return "Silent first";
    }

    @Override
    public String about() {
        return "Before every call to an API the program asks for a token silently. This time there is none to be had.";
    }

    @Override
    public void play(Stage stage, Story story) {
        story.call("acquireTokenSilent(User.Read)");
        AuthException error = Failures.of(stage.app().acquireTokenSilent(SilentRequest.of("User.Read")));
        story.fact("answer", error.details().message());
        story.promise(
                "fails with no_account_error: interaction is required", ErrorCodes.NO_ACCOUNT_ERROR, error.errorCode());
        story.promise("no request reached the authority", 0, stage.traffic().count());
    }
}
