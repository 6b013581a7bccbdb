package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The end-session endpoint (OpenID Connect RP-Initiated Logout section 2). */
public final class LogoutEndpoint {
    private static final int MAX_QUESTIONS = 2_000;

    private final BoundedStore<String> questions = new BoundedStore<>(MAX_QUESTIONS);
    private final Site site;
    private final Stores stores;
    private final ClientSignatures signatures;
    private final Pages pages;
    private final LogoutNotices notices;

    public LogoutEndpoint(Site site, Stores stores, SigningKeys keys, Pages pages) {
        this.site = site;
        this.stores = stores;
        this.signatures = new ClientSignatures(keys, site.directory()::client);
        this.pages = pages;
        this.notices = new LogoutNotices(site, stores, keys);
    }

    /** Signs out, after asking the person unless the client shows that it knows who that is. */
    public Reply logout(Realm realm, Request request) throws OAuthException {
        Params params = request.parameters();
        Optional<JsonObject> hint = idToken(params);
        Optional<String> returnTo = returnTo(realm, params, hint);
        String browser = Browser.known(request, site).orElse("");
        List<SignedIn> people = stores.sessions().people(browser, site.now());
        if (mustAsk(realm, params, hint, people) && !hasAgreed(params, browser)) {
            return ask(realm, params, browser);
        }
        Optional<String> who = hint.map(LogoutEndpoint::hintOf).or(() -> params.get("logout_hint"));
        Predicate<SignedIn> leaving = person -> who.isEmpty() || Identity.isMeantBy(person.user(), who.get());
        List<SignedIn> left = stores.sessions().signOut(browser, leaving);
        List<String> frames = notices.tell(realm, left);
        String state = params.get("state")
                .map(value -> Params.encode(Map.of("state", value)))
                .orElse("");
        String separator = state.isEmpty() ? "" : returnTo.orElse("").contains("?") ? "&" : "?";
        Optional<String> destination = returnTo.map(uri -> uri + separator + state);
        if (destination.isPresent() && frames.isEmpty()) {
            return Reply.redirect(request.isPost(), destination.get());
        }
        return pages.signedOut(frames, destination.orElse(""));
    }

    private Optional<JsonObject> idToken(Params params) throws OAuthException {
        Optional<String> token = params.get("id_token_hint");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        JsonObject claims = signatures
                .verify(token.get())
                .orElseThrow(() -> Problem.MALFORMED_REQUEST.because("id_token_hint was not issued by this authority"));
        return Optional.of(claims);
    }

    private static boolean mustAsk(Realm realm, Params params, Optional<JsonObject> hint, List<SignedIn> people) {
        boolean entraHint =
                realm.personality().isEntra() && params.get("logout_hint").isPresent();
        return hint.isEmpty() && !entraHint && !people.isEmpty();
    }

    private boolean hasAgreed(Params params, String browser) {
        return params.get("csrf")
                .flatMap(questions::remove)
                .filter(browser::equals)
                .isPresent();
    }

    private Reply ask(Realm realm, Params params, String browser) {
        String csrf = site.entropy().token();
        questions.put(csrf, browser);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : List.of("client_id", "post_logout_redirect_uri", "state", "logout_hint")) {
            params.get(name).ifPresent(value -> fields.put(name, value));
        }
        fields.put("csrf", csrf);
        return pages.confirmSignOut(realm.uri(dev.latchkey.authority.Endpoint.LOGOUT), fields);
    }

    /** The place to go back to; an unregistered one is an error, never a destination. */
    private Optional<String> returnTo(Realm realm, Params params, Optional<JsonObject> hint) throws OAuthException {
        Optional<String> asked = params.get("post_logout_redirect_uri");
        if (asked.isEmpty()) {
            return asked;
        }
        Optional<String> clientId = params.get("client_id").or(() -> hint.map(claims -> claims.string("aud", "")));
        List<URI> allowed = site.directory().clients().stream()
                .filter(client -> clientId.isEmpty() || clientId.get().equals(client.clientId()))
                .flatMap(client -> allowed(realm, client))
                .toList();
        if (!RedirectUris.matchesAny(allowed, asked.get())) {
            throw Problem.REDIRECT_URI_NOT_REGISTERED.because("post_logout_redirect_uri " + asked.get()
                    + " is not registered"
                    + clientId.map(id -> " for client " + id).orElse("") + "; registered: "
                    + allowed);
        }
        return asked;
    }

    /** Entra takes every redirect URI of the client for this. */
    private static Stream<URI> allowed(Realm realm, Client client) {
        Stream<URI> also = realm.personality().isEntra() ? client.redirectUris().stream() : Stream.empty();
        return Stream.concat(client.postLogoutRedirectUris().stream(), also);
    }

    private static String hintOf(JsonObject claims) {
        return claims.string("login_hint", claims.string("sub", ""));
    }
}
