package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import java.util.List;

/** Sign-ins by redirect: started in one application, and completed there or in another. */
final class RedirectCalls {
    static final String BEGIN = "ClientApplication.acquireTokenRedirect(RedirectRequest)";
    static final String FINISH = "ClientApplication.handleRedirect(Secret, URI)";

    private RedirectCalls() {}

    /** A way to start. */
    @FunctionalInterface
    private interface Begin {
        RedirectSignIn make(Actor actor, RedirectRequest request) throws Exception;
    }

    /** A way to complete. */
    @FunctionalInterface
    private interface Finish {
        AuthenticationResult make(Actor actor, Begun begun, Landing landing) throws Exception;
    }

    static void addTo(Calls calls) {
        calls.add(
                14,
                BEGIN,
                scene -> begin(
                        scene,
                        scene.anybody(),
                        (actor, request) -> Scene.await(actor.app().acquireTokenRedirect(request))));
        calls.add(
                18,
                FINISH,
                scene -> finish(
                        scene,
                        false,
                        (actor, begun, landing) -> Scene.await(
                                actor.app().handleRedirect(begun.signIn().saved(), landing.inQuery()))));
        calls.add(
                8,
                "ClientApplication.handleRedirect(Secret, Parameters)",
                scene -> finish(
                        scene,
                        false,
                        (actor, begun, landing) -> isExpected(begun, landing)
                                ? Scene.await(actor.app()
                                        .handleRedirect(begun.signIn().saved(), landing.answer()))
                                : Scene.await(actor.app()
                                        .handleRedirect(begun.signIn().saved(), landing.inQuery()))));
        calls.add(
                2,
                "BlockingPublicClientApplication.handleRedirect(Secret, URI)",
                scene -> finish(scene, true, (actor, begun, landing) -> actor.asPublic()
                        .blocking()
                        .handleRedirect(begun.signIn().saved(), landing.inQuery())));
        calls.add(
                4,
                "BlockingPublicClientApplication.acquireTokenRedirect(RedirectRequest)",
                scene -> begin(scene, scene.anyPublic(), (actor, request) -> actor.asPublic()
                        .blocking()
                        .acquireTokenRedirect(request)));
        calls.add(
                4,
                "BlockingPublicClientApplication.handleRedirect(Secret, Parameters)",
                scene -> finish(
                        scene,
                        true,
                        (actor, begun, landing) -> isExpected(begun, landing)
                                ? actor.asPublic()
                                        .blocking()
                                        .handleRedirect(begun.signIn().saved(), landing.answer())
                                : actor.asPublic()
                                        .blocking()
                                        .handleRedirect(begun.signIn().saved(), landing.inQuery())));
    }

    /** An application that does not report the receiving address gets responses at only one address. */
    private static boolean isExpected(Begun begun, Landing landing) {
        Issuer asked = begun.asked().issuer().orElse(begun.asked().actor().own());
        return landing.to().equals(Places.redirectUri(asked));
    }

    private static void begin(Scene scene, Actor actor, Begin way) {
        RedirectRequest request = scene.requests.redirect(actor);
        Asked asked = Told.asked(actor, request);
        scene.attempt(actor + " redirects for " + Told.of(request), () -> way.make(actor, request))
                .ifPresent(signIn -> goThere(scene, signIn, asked));
    }

    private static void goThere(Scene scene, RedirectSignIn signIn, Asked asked) {
        scene.browser.takeLast();
        Landing landing = scene.browser.visit(signIn.authorizationUri());
        if (landing != null) {
            scene.begun.add(new Begun(signIn, asked, landing, scene.browser.takeLast()));
        }
    }

    /** Mostly the newest, where it was started, with its own response. */
    private static void finish(Scene scene, boolean byPublic, Finish way) {
        if (scene.begun.isEmpty()) {
            return;
        }
        List<Begun> all = scene.begun;
        Begun begun = scene.dice.chance(75) ? all.get(all.size() - 1) : scene.dice.one(all);
        Landing landing =
                scene.dice.chance(95) ? begun.landing() : scene.dice.one(all).landing();
        Actor beginner = begun.asked().actor();
        boolean stays = scene.dice.chance(75) && (!byPublic || beginner.isPublic());
        Actor actor = stays ? beginner : byPublic ? scene.anyPublic() : scene.anybody();
        scene.attempt(
                        actor + " takes in the answer to what " + beginner + " began: "
                                + begun.signIn().state(),
                        () -> way.make(actor, begun, landing))
                .ifPresent(result -> scene.judged(result, begun.asked(), begun.person()));
    }
}
