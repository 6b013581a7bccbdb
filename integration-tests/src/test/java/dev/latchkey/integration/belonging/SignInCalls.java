package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Calls that interact by popup or device code; both take more time than a redirect. */
final class SignInCalls {
    private SignInCalls() {}

    /** A way to make a call. */
    @FunctionalInterface
    private interface Way<R> {
        AuthenticationResult make(Actor actor, R request) throws Exception;
    }

    static void addTo(Calls calls) {
        addPopups(calls);
        addOthers(calls);
    }

    private static void addPopups(Calls calls) {
        calls.add(
                1,
                "PublicClientApplication.acquireTokenPopup(PopupRequest)",
                scene -> popup(
                        scene, (actor, request) -> Scene.await(actor.asPublic().acquireTokenPopup(request))));
        calls.add(
                1,
                "PublicClientApplication.loginPopup(PopupRequest)",
                scene -> popup(
                        scene, (actor, request) -> Scene.await(actor.asPublic().loginPopup(request))));
        calls.add(
                1,
                "BlockingPublicClientApplication.acquireTokenPopup(PopupRequest)",
                scene -> popup(
                        scene, (actor, request) -> actor.asPublic().blocking().acquireTokenPopup(request)));
        calls.add(
                1,
                "BlockingPublicClientApplication.loginPopup(PopupRequest)",
                scene -> popup(
                        scene, (actor, request) -> actor.asPublic().blocking().loginPopup(request)));
    }

    private static void addOthers(Calls calls) {
        calls.add(
                3,
                "PublicClientApplication.acquireTokenByDeviceCode(DeviceCodeRequest)",
                scene -> device(
                        scene, (actor, request) -> Scene.await(actor.asPublic().acquireTokenByDeviceCode(request))));
        calls.add(
                3,
                "BlockingPublicClientApplication.acquireTokenByDeviceCode(DeviceCodeRequest)",
                scene -> device(
                        scene, (actor, request) -> actor.asPublic().blocking().acquireTokenByDeviceCode(request)));
        calls.add(
                1,
                "PublicClientApplication.acquireToken(SilentRequest, Function)",
                scene -> either(
                        scene,
                        (actor, request) ->
                                Scene.await(actor.asPublic().acquireToken(request, none -> byPopup(actor, request)))));
        calls.add(
                1,
                "BlockingPublicClientApplication.acquireToken(SilentRequest, Function)",
                scene -> either(scene, (actor, request) -> actor.asPublic()
                        .blocking()
                        .acquireToken(request, none -> byPopup(actor, request))));
    }

    private static void popup(Scene scene, Way<PopupRequest> way) {
        Actor actor = scene.anyPublic();
        PopupRequest request = scene.requests.popup(actor);
        scene.token(
                actor + " shows a popup for " + Told.of(request),
                Told.asked(actor, request),
                () -> way.make(actor, request));
    }

    private static void device(Scene scene, Way<DeviceCodeRequest> way) {
        Actor actor = scene.anyPublic();
        Scopes scopes = scene.requests.scopes();
        DeviceCodeRequest request = DeviceCodeRequest.builder(
                        scopes, code -> scene.browser.typed(code.deviceCode().reveal()))
                .authority(scene.requests.authority(actor))
                .build();
        scene.token(
                actor + " gets by device code '" + scopes + "' at " + request.authority(),
                new Asked(actor, request.authority().orElse(null), null, null, new Wish(scopes, "", "", Set.of())),
                () -> way.make(actor, request));
    }

    private static void either(Scene scene, Way<SilentRequest> way) {
        Actor actor = scene.anyPublic();
        SilentRequest request = scene.requests.silent(actor);
        scene.token(
                actor + " gets silently or by popup " + Told.of(request),
                Told.asked(actor, request),
                () -> way.make(actor, request));
    }

    private static CompletableFuture<AuthenticationResult> byPopup(Actor actor, SilentRequest request) {
        return actor.asPublic()
                .acquireTokenPopup(PopupRequest.builder(request.scopes())
                        .account(request.account().orElse(null))
                        .authority(request.authority().orElse(null))
                        .tenantId(request.tenantId().orElse(null))
                        .claims(request.claims().orElse(null))
                        .resource(request.resource().orElse(null))
                        .extraParameters(request.extraParameters())
                        .build());
    }
}
