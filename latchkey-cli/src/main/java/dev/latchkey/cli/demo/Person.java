package dev.latchkey.cli.demo;

import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.UserAgent;
import java.net.URI;
import java.util.Optional;

/** The user: whoever uses the browser, or a script that fills in the same pages. */
final class Person implements UserAgent {
    private final ScriptedPerson script;
    private final Story story;
    private Optional<UserAgent> browser;
    private Runnable whileAsked = () -> {};
    private volatile Runnable ifStuck = () -> {};
    private volatile URI lastAsked = URI.create("about:blank");
    private volatile Optional<String> failure = Optional.empty();

    Person(Optional<UserAgent> browser, ScriptedPerson script, Story story) {
        this.browser = browser;
        this.script = script;
        this.story = story;
    }

    /** Whether the user is the script. */
    boolean isScripted() {
        return browser.isEmpty();
    }

    /** Runs an action when the next page is shown, before the user does anything. */
    void whileAsked(Runnable action) {
        whileAsked = action;
    }

    /** The last page shown. */
    URI lastAsked() {
        return lastAsked;
    }

    /** Runs an action if the script cannot continue. */
    void ifStuck(Runnable action) {
        ifStuck = action;
        failure.ifPresent(unused -> action.run());
    }

    /** Why the script could not continue. */
    Optional<String> failure() {
        return failure;
    }

    @Override
    public void open(URI page) {
        lastAsked = page;
        Runnable meanwhile = whileAsked;
        whileAsked = () -> {};
        meanwhile.run();
        show(page);
    }

    private void show(URI page) {
        try {
            if (browser.isPresent()) {
                browser.get().open(page);
                return;
            }
        } catch (BrowserAuthException e) {
            if (!e.errorCode().equals(ErrorCodes.NO_BROWSER)) {
                throw e;
            }
            browser = Optional.empty();
            story.fact("no browser", "none can be opened here: a scripted user continues on the same pages");
        }
        Thread visit = new Thread(() -> visit(page), "latchkey-demo-person");
        visit.setDaemon(true);
        visit.start();
    }

    /** Shows a page; waits for the script to finish, but not for a real user. */
    void goTo(URI page) {
        if (isScripted()) {
            visit(page);
        } else {
            show(page);
        }
    }

    private void visit(URI page) {
        try {
            script.visit(page);
        } catch (RuntimeException e) {
            failure = Optional.of(e.toString());
            ifStuck.run();
        }
    }
}
