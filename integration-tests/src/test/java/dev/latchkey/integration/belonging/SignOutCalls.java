package dev.latchkey.integration.belonging;

import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** Sign-outs of every account by every application. */
final class SignOutCalls {
    private SignOutCalls() {}

    static void addTo(Calls calls) {
        addPages(calls);
        addPopups(calls);
    }

    private static void addPages(Calls calls) {
        calls.add(
                3,
                "ClientApplication.logout(LogoutRequest)",
                scene -> page(
                        scene,
                        scene.anybody(),
                        (actor, request) ->
                                () -> Optional.of(Scene.await(actor.app().logout(request)))));
        calls.add(
                1,
                "BlockingPublicClientApplication.logout(LogoutRequest)",
                scene -> page(
                        scene,
                        scene.anyPublic(),
                        (actor, request) ->
                                () -> Optional.of(actor.asPublic().blocking().logout(request))));
        calls.add(
                4,
                "ClientApplication.endSessionUri(LogoutRequest)",
                scene -> page(
                        scene,
                        scene.anybody(),
                        (actor, request) -> () -> Scene.await(actor.app().endSessionUri(request))));
        calls.add(
                2,
                "BlockingPublicClientApplication.endSessionUri(LogoutRequest)",
                scene -> page(
                        scene,
                        scene.anyPublic(),
                        (actor, request) -> () -> actor.asPublic().blocking().endSessionUri(request)));
    }

    private static void addPopups(Calls calls) {
        calls.add(
                1,
                "PublicClientApplication.logoutPopup(LogoutRequest)",
                scene -> page(scene, scene.anyPublic(), (actor, request) -> () -> {
                    Scene.await(actor.asPublic().logoutPopup(request));
                    return Optional.empty();
                }));
        calls.add(
                1,
                "BlockingPublicClientApplication.logoutPopup(LogoutRequest)",
                scene -> page(scene, scene.anyPublic(), (actor, request) -> () -> {
                    actor.asPublic().blocking().logoutPopup(request);
                    return Optional.empty();
                }));
    }

    private static void page(Scene scene, Actor actor, BiFunction<Actor, LogoutRequest, Callable<Optional<URI>>> way) {
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        String authority = scene.requests.authority(actor);
        LogoutRequest request = Api.logout(account, authority, scene.dice.chance(80), scene.dice.chance(80));
        scene.attempt(actor + " signs out at " + authority + " " + request, way.apply(actor, request))
                .flatMap(page -> page)
                .ifPresent(scene.browser::visit);
    }
}
