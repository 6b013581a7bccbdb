package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sign-in pages of all issuers: shows each address to the judge and signs a user in. */
final class LoginPages {
    private final World world;

    LoginPages(World world) {
        this.world = world;
    }

    /** The user of a browser. */
    @FunctionalInterface
    interface Guest {
        /** Who signs in; null for nobody. */
        @Nullable
        Person who(Issuer at, Parameters query);
    }

    /** Opens a page; null if it leads nowhere. */
    @Nullable
    Landing visit(URI address, Guest guest) {
        world.judge().address(address);
        Issuer issuer = Places.at(address);
        if (issuer == null || !Places.below(issuer, address).equals("/authorize")) {
            return null;
        }
        Parameters query = Parameters.decode(address.getRawQuery());
        URI redirectUri = URI.create(text(query, "redirect_uri"));
        Issuer victim = victimOf(issuer, redirectUri);
        return victim == null
                ? signIn(issuer, query, redirectUri, guest)
                : signIn(victim, query, registered(victim, redirectUri), guest);
    }

    /** RFC 9700 section 4.4: an issuer that passes the request on to another, hoping for the code. */
    private @Nullable Issuer victimOf(Issuer issuer, URI redirectUri) {
        Issuer victim = world.habits(issuer).attacks() ? world.dice().one(List.of(Places.A, Places.B)) : null;
        // If all issuers share one redirect URI, only the iss parameter distinguishes them.
        boolean isLost = victim != null
                && isAnybodys(redirectUri)
                && !world.habits(victim).sendsIssuer();
        return isLost ? null : victim;
    }

    /** The redirect URI registered with an issuer; for a listener, the path counts (RFC 8252 section 7.3). */
    private @Nullable URI registered(Issuer issuer, URI asked) {
        if (isAnybodys(asked)) {
            return asked;
        }
        if (!world.isCallback(asked)) {
            return asked.resolve(Places.redirectPath(issuer));
        }
        List<URI> callbacks = world.callbacks(issuer);
        return callbacks.contains(asked)
                ? asked
                : callbacks.stream().findFirst().orElse(null);
    }

    private static boolean isAnybodys(URI redirectUri) {
        return redirectUri.getScheme().equals("http") && redirectUri.getPath().length() <= 1;
    }

    /** The authorization endpoint. */
    private @Nullable Landing signIn(Issuer at, Parameters query, @Nullable URI redirectUri, Guest guest) {
        if (redirectUri == null || !redirectUri.equals(registered(at, redirectUri))) {
            return null;
        }
        boolean formPost = "form_post".equals(query.get("response_mode"));
        Parameters.Builder answer = Parameters.builder().set("state", query.get("state"));
        Person person = guest.who(at, query);
        Issuer issuer = person != null && at.isShared() ? Objects.requireNonNull(Places.beside(at, person.utid())) : at;
        if (world.habits(at).sendsIssuer()) {
            answer.set("iss", issuer.name());
        }
        if (person == null || world.dice().chance(4)) {
            answer.set("error", person == null ? "login_required" : "access_denied");
            return new Landing(redirectUri, answer.build(), formPost, null);
        }
        answer.set("code", code(issuer, person, query, redirectUri));
        return new Landing(redirectUri, answer.build(), formPost, person);
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

    private static String text(Parameters parameters, String name) {
        return Objects.requireNonNullElse(parameters.get(name), "");
    }
}
