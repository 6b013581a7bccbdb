package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.InteractionStatus;
import dev.latchkey.PopupRequest;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A second window at the same time would confuse the user. */
final class OneAtATime implements Step {
    @Override
    public String title() {
        return "One interaction at a time";
    }

    @Override
    public String about() {
        return "While the page for the new scope is open, another part of the program starts an interaction too.";
    }

    @Override
    public void play(Stage stage, Story story) {
        AtomicReference<CompletableFuture<AuthenticationResult>> second = new AtomicReference<>();
        stage.person().whileAsked(() -> second.set(stage.app().acquireTokenPopup(PopupRequest.of("Files.Read"))));
        story.call("acquireTokenPopup(Mail.Read), and while it runs acquireTokenPopup(Files.Read)");
        AuthenticationResult first = stage.popup(
                PopupRequest.builder("Mail.Read").account(stage.account()).build());
        AuthException refused = Failures.of(Objects.requireNonNull(second.get(), "the page was shown"));
        story.fact("first", first.tokenType() + " for " + first.scopes());
        story.fact("second", refused.errorCode());
        story.promise("the first call has its token", true, first.scopes().contains("Mail.Read"));
        story.promise(
                "the second call was refused: interaction_in_progress",
                ErrorCodes.INTERACTION_IN_PROGRESS,
                refused.errorCode());
        story.promise(
                "and nothing is left behind",
                InteractionStatus.NONE,
                stage.app().interactionStatus());
    }
}
