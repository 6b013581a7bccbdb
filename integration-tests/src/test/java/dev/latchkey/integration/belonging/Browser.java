package dev.latchkey.integration.belonging;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The browser that the applications themselves open, used by any user. */
final class Browser implements UserAgent {
    private final World world;
    private final LoginPages pages;
    private @Nullable Person last;
    private @Nullable Thread tab;

    Browser(World world) {
        this.world = world;
        this.pages = new LoginPages(world);
    }

    /** Who signed in since the last call. */
    @Nullable
    Person takeLast() {
        Person signedIn = last;
        last = null;
        return signedIn;
    }

    /**
     * Handles a popup's page; a separate thread sends the response to the listener, because opening a page must not
     * block.
     */
    @Override
    public void open(URI address) {
        Landing landing = visit(address);
        if (landing == null && !address.getPath().endsWith("/authorize")) {
            return;
        }
        if (landing == null) {
            throw new BrowserAuthException(ErrorCodes.POPUP_WINDOW_ERROR, "the issuer sends nobody back");
        }
        Thread thread = new Thread(() -> deliver(landing), "browser");
        thread.setDaemon(true);
        thread.start();
        tab = thread;
    }

    /** Waits until the last popup has shown its final page. */
    void awaitPage() throws InterruptedException {
        Thread opened = tab;
        if (opened != null) {
            opened.join();
        }
    }

    /** A user entered the code of a device; the issuer knows who. */
    void typed(String deviceCode) {
        Fact fact = world.ledger().find(deviceCode, Kind.DEVICE_CODE);
        last = fact == null ? null : fact.person();
    }

    /** Opens a page; null if it leads nowhere. */
    @Nullable
    Landing visit(URI address) {
        Landing landing = pages.visit(address, (issuer, query) -> who(issuer, query.get("login_hint")));
        if (landing != null && landing.person() != null) {
            last = landing.person();
        }
        return landing;
    }

    /** Mostly the expected user. */
    private Person who(Issuer issuer, @Nullable String hint) {
        List<Person> people = world.people(issuer);
        return people.stream()
                .filter(person -> person.isCalled(hint))
                .filter(person -> world.dice().chance(70))
                .findFirst()
                .orElseGet(() -> world.dice().one(people));
    }

    /** A response for which no listener is left lets the popup run into its deadline. */
    private void deliver(Landing landing) {
        try {
            URI to = landing.formPost() ? landing.to() : landing.inQuery();
            HttpURLConnection connection = (HttpURLConnection) to.toURL().openConnection();
            if (landing.formPost()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
                connection.getOutputStream().write(landing.answer().encode().getBytes(StandardCharsets.UTF_8));
            }
            if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
                world.clock().advance(Duration.ofHours(1));
            }
            connection.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
