package dev.latchkey.cli.demo;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.cli.console.AnsiStyle;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.interaction.UserAgent;
import java.util.List;
import java.util.Optional;

/** Runs the demo: every request is real, nothing leaves this machine, and everything is gone when it ends. */
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

    /** A demo for a user with a browser, or with a scripted user. */
    public Demo(CliEnvironment environment, AnsiStyle style, boolean headless) {
        this.browser =
                headless ? Optional.empty() : Optional.of(environment.browser().get());
        this.story = new Story(environment.out(), style);
    }

    /**
     * Runs all steps.
     *
     * @return whether every check succeeded
     * @throws AuthException if a step failed unexpectedly
     */
    public boolean run() {
        try (Stage stage = new Stage(browser, story)) {
            introduce(stage);
            for (Step step : STEPS) {
                play(step, stage);
            }
            story.end("All " + STEPS.size() + " steps passed their checks.", true);
            return true;
        } catch (BrokenPromiseException e) {
            story.end("Step " + story.current() + " failed a check: " + e.getMessage(), false);
            return false;
        } catch (AuthException e) {
            story.end("Step " + story.current() + " failed: " + e.errorCode(), false);
            throw e;
        }
    }

    private void introduce(Stage stage) {
        story.heading("How a program gets a token");
        story.fact("authority", stage.authority().oidcIssuer() + ", started for this run");
        story.fact("API", stage.authority().apiUri() + "/me");
        story.fact("program", Stage.CLIENT_ID + ", a public client");
        story.fact(
                "user",
                browser.isEmpty()
                        ? "a script that fills in the authority's real pages"
                        : "you: sign in as " + Stage.USER + " with the password " + LocalAuthority.DEFAULT_PASSWORD);
        story.fact("clock", "shared by all of these; it moves only when a step says so");
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
