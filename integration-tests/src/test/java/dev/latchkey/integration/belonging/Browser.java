package dev.latchkey.integration.belonging;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.interaction.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The browser of all the people: shows the judge each address, and has somebody sign in. */
final class Browser implements UserAgent {
    private final World world;
    private @Nullable Person last;
    private @Nullable Thread tab;

    Browser(World world) {
        this.world = world;
    }

    /** Who signed in since this was asked last. */
    @Nullable
    Person takeLast() {
        Person signedIn = last;
        last = null;
        return signedIn;
    }

    /** A page of a popup; the answer goes to the listener on a thread of its own, as the page must not hold us up. */
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

    /** Waits until the last popup has shown what its answer led to. */
    void awaitPage() throws InterruptedException {
        Thread opened = tab;
        if (opened != null) {
            opened.join();
        }
    }

    /** Somebody typed the code of a device; the issuer knows who. */
    void typed(String deviceCode) {
        Fact fact = world.ledger().find(deviceCode, Kind.DEVICE_CODE);
        last = fact == null ? null : fact.person();
    }

    /** Shows a page; null if it leads nowhere. */
    @Nullable
    Landing visit(URI address) {
        world.judge().address(address);
        Issuer issuer = Places.at(address);
        if (issuer == null || !Places.below(issuer, address).equals("/authorize")) {
            return null;
        }
        Parameters query = Parameters.decode(address.getRawQuery());
        URI redirectUri = URI.create(text(query, "redirect_uri"));
        Issuer victim = victimOf(issuer, redirectUri);
        return victim == null
                ? signIn(issuer, query, redirectUri)
                : signIn(victim, query, registered(victim, redirectUri));
    }

    /** RFC 9700 section 4.4: an issuer that passes the request on to another, in the hope of the code. */
    private @Nullable Issuer victimOf(Issuer issuer, URI redirectUri) {
        Issuer victim = world.habits(issuer).attacks() ? world.dice().one(List.of(Places.A, Places.B)) : null;
        // Where all issuers answer to one redirect URI, nothing but the iss parameter can tell them apart.
        boolean isLost = victim != null
                && isAnybodys(redirectUri)
                && !world.habits(victim).sendsIssuer();
        return isLost ? null : victim;
    }

    /** The redirect URI that an issuer has registered; of a listener it is the path that counts (RFC 8252 section 7.3). */
    private static URI registered(Issuer issuer, URI asked) {
        return isAnybodys(asked) ? asked : asked.resolve(Places.redirectPath(issuer));
    }

    private static boolean isAnybodys(URI redirectUri) {
        return redirectUri.getScheme().equals("http") && redirectUri.getPath().length() <= 1;
    }

    /** The authorization endpoint. */
    private @Nullable Landing signIn(Issuer at, Parameters query, URI redirectUri) {
        if (!redirectUri.equals(registered(at, redirectUri))) {
            return null;
        }
        Person person = who(at, query.get("login_hint"));
        Issuer issuer = at.isShared() ? Objects.requireNonNull(Places.beside(at, person.utid())) : at;
        Parameters.Builder answer = Parameters.builder().set("state", query.get("state"));
        if (world.habits(at).sendsIssuer()) {
            answer.set("iss", issuer.name());
        }
        if (world.dice().chance(4)) {
            answer.set("error", "access_denied");
        } else {
            answer.set("code", code(issuer, person, query, redirectUri));
            last = person;
        }
        boolean formPost = "form_post".equals(query.get("response_mode"));
        return new Landing(redirectUri, answer.build(), formPost);
    }

    private String code(Issuer issuer, Person person, Parameters query, URI redirectUri) {
        String clientId = text(query, "client_id");
        String code = world.ledger().issue(Fact.of(Kind.CODE, issuer, person, clientId));
        world.endpoints()
                .tokens()
                .expect(
                        code,
                        new Visit(
                                issuer,
                                person,
                                clientId,
                                redirectUri.toString(),
                                text(query, "code_challenge"),
                                text(query, "nonce"),
                                Wish.of(query)));
        return code;
    }

    /** Mostly the one who is expected. */
    private Person who(Issuer issuer, @Nullable String hint) {
        List<Person> people = world.people(issuer);
        return people.stream()
                .filter(person -> List.of(person.username(), person.loginHint()).contains(String.valueOf(hint)))
                .filter(person -> world.dice().chance(70))
                .findFirst()
                .orElseGet(() -> world.dice().one(people));
    }

    /** An answer that nobody listens to leaves the popup to its deadline. */
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

    private static String text(Parameters parameters, String name) {
        return Objects.requireNonNullElse(parameters.get(name), "");
    }
}
