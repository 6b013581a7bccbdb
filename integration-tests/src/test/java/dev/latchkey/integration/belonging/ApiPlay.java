package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.store.TokenStore;
import java.util.List;
import java.util.function.Function;

/** Random calls of every public method of the applications. */
final class ApiPlay implements Play {
    private static final int SIGN_INS = 4;
    private static final int CALLS = 13;

    private final Calls calls = new Calls();

    @Override
    public List<String> cases() {
        return calls.names();
    }

    @Override
    public void play(long seed, Function<VirtualClock, TokenStore> stores, Watch watch) {
        Scene scene = new Scene(seed, stores);
        scene.actors.forEach(actor -> scene.calls.add("-- " + actor + " is of " + actor.own()));
        for (int i = 0; i < SIGN_INS; i++) {
            make(RedirectCalls.BEGIN, scene, watch);
            make(RedirectCalls.FINISH, scene, watch);
        }
        for (int i = 0; i < CALLS; i++) {
            scene.passTime(25);
            make(calls.draw(scene.dice), scene, watch);
        }
    }

    private void make(String method, Scene scene, Watch watch) {
        watch.call(method, scene, () -> calls.make(method, scene));
    }
}
