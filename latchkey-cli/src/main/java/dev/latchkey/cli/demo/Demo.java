package dev.latchkey.cli.demo;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.cli.console.AnsiStyle;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.interaction.UserAgent;
import java.util.List;
import java.util.Optional;

/** Plays the story: everything in it is real, on this machine alone, and over when it ends. */
public final class Demo {
    private static final List<Step> STEPS = List.of(
            new SilentFirst(),
            new SignIn(),
            new VerifiedToken(),
            new ApiCall(),
            new FromCache(),
            new FiftyAtOnce(),
            new Rotation(),
            new ConsentNeeded(),
            new OneAtATime(),
            new SignOut());

    private final Optional<UserAgent> browser;
    private final Story story;

    /** A story for a person with a browser, or told by a script alone. */
    public Demo(CliEnvironment environment, AnsiStyle style, boolean headless) {
        this.browser =
                headless ? Optional.empty() : Optional.of(environment.browser().get());
        this.story = new Story(environment.out(), style);
    }

    /**
     * Plays it.
     *
     * @return whether every step did what is promised
     * @throws AuthException if a step failed that should not have
     */
    public boolean run() {
        try (Stage stage = new Stage(browser, story)) {
            introduce(stage);
            for (Step step : STEPS) {
                play(step, stage);
            }
            story.end("All " + STEPS.size() + " steps did what they promise.", true);
            return true;
        } catch (BrokenPromiseException e) {
            story.end("Step " + story.current() + " broke its promise: " + e.getMessage(), false);
            return false;
        } catch (AuthException e) {
            story.end("Step " + story.current() + " failed: " + e.errorCode(), false);
            throw e;
        }
    }

    private void introduce(Stage stage) {
        story.heading("How a program comes by a token");
        story.fact("authority", stage.authority().oidcIssuer() + ", made for this run");
        story.fact("API", stage.authority().apiUri() + "/me");
        story.fact("program", Stage.CLIENT_ID + ", a public client");
        story.fact(
                "person",
                browser.isEmpty()
                        ? "a script that fills in the authority's real pages"
                        : "you: sign in as " + Stage.USER + " with the password " + LocalAuthority.DEFAULT_PASSWORD);
        story.fact("clock", "shared by all of them; it moves only when the story says so");
    }

    private void play(Step step, Stage stage) {
        story.step(step);
        stage.traffic().begin();
        step.play(stage, story);
        if (stage.traffic().count() == 0) {
            story.fact("requests", "none");
            return;
        }
        story.fact("program's requests", stage.traffic().ofTheProgram());
        story.fact("browser's requests", stage.traffic().ofTheBrowser());
    }
}
