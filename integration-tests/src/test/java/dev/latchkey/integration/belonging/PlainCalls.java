package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

/** User info about any result, and calls that reveal no user's data. */
final class PlainCalls {
    private PlainCalls() {}

    static void addTo(Calls calls) {
        calls.add(
                5,
                "ClientApplication.userInfo(AuthenticationResult)",
                scene -> userInfo(
                        scene,
                        scene.anybody(),
                        (actor, result) -> () -> Scene.await(actor.app().userInfo(result))));
        calls.add(
                2,
                "BlockingPublicClientApplication.userInfo(AuthenticationResult)",
                scene -> userInfo(
                        scene,
                        scene.anyPublic(),
                        (actor, result) -> () -> actor.asPublic().blocking().userInfo(result)));
        addBuilders(calls);
        addEvents(calls);
        calls.add(
                1,
                "ClientApplication.clientId()",
                scene -> plain(scene, actor -> actor.app().clientId()));
        calls.add(
                1,
                "ClientApplication.authority()",
                scene -> plain(scene, actor -> actor.app().authority()));
        calls.add(
                1,
                "ClientApplication.isOwnIssuer(String)",
                scene -> plain(scene, actor -> actor.app()
                        .isOwnIssuer(scene.dice.one(Places.ALL).address())));
        calls.add(
                1,
                "PublicClientApplication.interactionStatus()",
                scene -> ofPublic(scene, actor -> actor.asPublic().interactionStatus()));
        calls.add(
                1,
                "PublicClientApplication.whenInteractionStatusNone()",
                scene -> ofPublic(scene, actor -> actor.asPublic().whenInteractionStatusNone()));
        calls.add(
                1,
                "PublicClientApplication.blocking()",
                scene -> ofPublic(scene, actor -> actor.asPublic().blocking()));
    }

    private static void addBuilders(Calls calls) {
        calls.add(
                1,
                "PublicClientApplication.builder(String)",
                scene -> another(scene, () -> scene.cast.publicOne("another", scene.dice.one(Places.ALL))));
        calls.add(
                1,
                "ConfidentialClientApplication.builder(String, String)",
                scene -> another(scene, () -> scene.cast.confidential("another post", scene.dice.one(Places.ALL))));
        calls.add(
                1,
                "ConfidentialClientApplication.builder(String, ClientAuthentication)",
                scene -> another(scene, () -> scene.cast.basic("another basic", scene.dice.one(Places.ALL))));
    }

    private static void another(Scene scene, Callable<Actor> builder) {
        scene.attempt("another application is built", builder).ifPresent(actor -> {
            scene.actors.add(actor);
            scene.calls.add("    " + actor + " of " + actor.own());
        });
    }

    private static void addEvents(Calls calls) {
        calls.add(
                1,
                "ClientApplication.addEventCallback(Consumer, EventType[])",
                scene -> plain(scene, actor -> actor.app().addEventCallback(event -> {})));
        calls.add(
                1,
                "ClientApplication.removeEventCallback(String)",
                scene -> plain(scene, actor -> {
                    actor.app().removeEventCallback(actor.app().addEventCallback(event -> {}));
                    return true;
                }));
        calls.add(
                1,
                "ClientApplication.events()",
                scene -> plain(scene, actor -> actor.app().events()));
        calls.add(
                1,
                "ClientApplication.close()",
                // Uses another application on the same store, because the cast is still needed.
                scene -> plain(scene, actor -> {
                    scene.cast.publicOne(actor.name(), actor.own()).app().close();
                    return true;
                }));
    }

    private static void userInfo(
            Scene scene, Actor actor, BiFunction<Actor, AuthenticationResult, Callable<JsonObject>> way) {
        if (scene.results.isEmpty()) {
            return;
        }
        AuthenticationResult result = scene.dice.one(scene.results);
        Fact token = scene.world.ledger().find(result.accessToken(), Kind.ACCESS_TOKEN);
        scene.attempt(
                        actor + " asks for user info with " + result + " of " + result.authority(),
                        way.apply(actor, result))
                .filter(claims -> token != null && !about(token).equals(claims.string("sub")))
                .ifPresent(claims -> scene.complaints.add("user info about another person", claims + " for " + token));
    }

    private static String about(Fact token) {
        return IdTokens.subject(token.issuer(), Objects.requireNonNull(token.person()));
    }

    private static void plain(Scene scene, Function<Actor, Object> call) {
        Actor actor = scene.anybody();
        scene.attempt(actor + " is called", () -> call.apply(actor));
    }

    private static void ofPublic(Scene scene, Function<Actor, Object> call) {
        Actor actor = scene.anyPublic();
        scene.attempt(actor + " is called", () -> call.apply(actor));
    }
}
