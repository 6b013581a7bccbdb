package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import dev.latchkey.SsoSilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import java.util.Optional;
import java.util.Set;

/** Calls for tokens that are silent, at least at first. */
final class SilentCalls {
    private SilentCalls() {}

    /** A way to make a call. */
    @FunctionalInterface
    private interface Way<R> {
        AuthenticationResult make(Actor actor, R request) throws Exception;
    }

    static void addTo(Calls calls) {
        calls.add(
                60,
                "ClientApplication.acquireTokenSilent(SilentRequest)",
                scene -> silent(
                        scene,
                        scene.anybody(),
                        (actor, request) -> Scene.await(actor.app().acquireTokenSilent(request))));
        calls.add(
                25,
                "BlockingPublicClientApplication.acquireTokenSilent(SilentRequest)",
                scene -> silent(scene, scene.anyPublic(), (actor, request) -> actor.asPublic()
                        .blocking()
                        .acquireTokenSilent(request)));
        calls.add(
                1,
                "PublicClientApplication.acquireToken(SilentRequest)",
                scene -> silent(
                        scene,
                        scene.anyPublic(),
                        (actor, request) -> Scene.await(actor.asPublic().acquireToken(request))));
        calls.add(
                1,
                "BlockingPublicClientApplication.acquireToken(SilentRequest)",
                scene -> silent(scene, scene.anyPublic(), (actor, request) -> actor.asPublic()
                        .blocking()
                        .acquireToken(request)));
        calls.add(
                2,
                "PublicClientApplication.ssoSilent(SsoSilentRequest)",
                scene -> sso(
                        scene, (actor, request) -> Scene.await(actor.asPublic().ssoSilent(request))));
        calls.add(
                2,
                "BlockingPublicClientApplication.ssoSilent(SsoSilentRequest)",
                scene -> sso(
                        scene, (actor, request) -> actor.asPublic().blocking().ssoSilent(request)));
    }

    private static void silent(Scene scene, Actor actor, Way<SilentRequest> way) {
        SilentRequest request = scene.requests.silent(actor);
        scene.token(
                actor + " gets silently " + Told.of(request),
                Told.asked(actor, request),
                () -> way.make(actor, request));
    }

    private static void sso(Scene scene, Way<SsoSilentRequest> way) {
        Actor actor = scene.anyPublic();
        Account account = scene.dice.maybe(70, scene.faces.known());
        Scopes scopes = scene.requests.scopes();
        Optional<String> hint = Optional.ofNullable(account)
                .map(Account::username)
                .filter(name -> !name.isEmpty() && scene.dice.chance(70));
        Optional<String> sid = hint.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(account).flatMap(Account::sid);
        SsoSilentRequest request = SsoSilentRequest.builder(scopes)
                .loginHint(hint.orElse(null))
                .sid(sid.orElse(null))
                .build();
        Wish wish = new Wish(scopes, "", "", Set.of());
        scene.token(
                actor + " gets silently " + request,
                new Asked(actor, null, null, null, wish),
                () -> way.make(actor, request));
    }
}
