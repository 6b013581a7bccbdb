package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Random calls of browsers to two fronts, and between them of the applications on the same store. */
final class WebPlay implements Play, AutoCloseable {
    private static final int SIGN_INS = 5;
    private static final int CALLS = 24;

    private final WebCalls calls = new WebCalls();
    private final Calls direct = new Calls();
    private final ProxiedApi api = new ProxiedApi();

    WebPlay() throws IOException {}

    @Override
    public List<String> cases() {
        return calls.names();
    }

    @Override
    public void play(long seed, Function<VirtualClock, TokenStore> stores, Watch watch) {
        try (WebScene web = new WebScene(seed, stores, api)) {
            web.fronts.forEach(
                    front -> web.scene.calls.add("-- " + front + " is of " + front.own() + ", " + front.site));
            web.scene.actors.forEach(actor -> web.scene.calls.add("-- " + actor + " is of " + actor.own()));
            for (int i = 0; i < SIGN_INS; i++) {
                make(WebSignInCalls.START, web, watch);
                finish(web, watch);
            }
            for (int i = 0; i < CALLS; i++) {
                web.passTime();
                call(web, watch);
            }
        }
    }

    private void call(WebScene web, Watch watch) {
        if (web.dice.chance(15)) {
            String name = direct.draw(web.dice);
            watch.call(name, web.scene, () -> {
                direct.make(name, web.scene);
                web.tellStreams();
            });
            return;
        }
        String name = calls.draw(web.dice);
        int times = name.equals(WebTokenCalls.TOKEN) ? 1 + web.dice.below(4) : 1;
        for (int i = 0; i < times; i++) {
            make(name, web, watch);
        }
        if (name.equals(WebSignInCalls.START) && web.dice.chance(60)) {
            finish(web, watch);
        }
    }

    private void finish(WebScene web, Watch watch) {
        make(WebSignInCalls.CALLBACK, web, watch);
        make(WebSignInCalls.RESULT, web, watch);
    }

    private void make(String name, WebScene web, Watch watch) {
        watch.call(name, web.scene, () -> {
            calls.make(name, web);
            web.tellStreams();
        });
    }

    ProxiedApi api() {
        return api;
    }

    @Override
    public void close() {
        api.close();
    }
}
