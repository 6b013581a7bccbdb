package dev.latchkey.cli.demo;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;

/** Before any sign-in: the silent call fails without asking the user. */
final class SilentFirst implements Step {
    @Override
    public String title() {
        return "Silent request first";
    }

    @Override
    public String about() {
        return "Before every call to an API the program requests a token silently. This time there is none.";
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
