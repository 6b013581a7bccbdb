package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.InteractionStatus;
import dev.latchkey.PopupRequest;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Two windows at once would only confuse. */
final class OneAtATime implements Step {
    @Override
    public String title() {
        return "The person is asked one thing at a time";
    }

    @Override
    public String about() {
        return "While the page for the new scope is open, another part of the program wants to ask as well.";
    }

    @Override
    public void play(Stage stage, Story story) {
        AtomicReference<CompletableFuture<AuthenticationResult>> second = new AtomicReference<>();
        stage.person().whileAsked(() -> second.set(stage.app().acquireTokenPopup(PopupRequest.of("Files.Read"))));
        story.call("acquireTokenPopup(Mail.Read), and while it runs acquireTokenPopup(Files.Read)");
        AuthenticationResult first = stage.popup(
                PopupRequest.builder("Mail.Read").account(stage.account()).build());
        AuthException refused = Failures.of(Objects.requireNonNull(second.get(), "the person was asked"));
        story.fact("first", first.tokenType() + " for " + first.scopes());
        story.fact("second", refused.errorCode());
        story.promise("the first has its token", true, first.scopes().contains("Mail.Read"));
        story.promise(
                "the second was refused: interaction_in_progress",
                ErrorCodes.INTERACTION_IN_PROGRESS,
                refused.errorCode());
        story.promise(
                "and nothing is left behind",
                InteractionStatus.NONE,
                stage.app().interactionStatus());
    }
}
