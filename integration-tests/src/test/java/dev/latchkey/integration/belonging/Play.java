package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.store.TokenStore;
import java.util.List;
import java.util.function.Function;

/** Sequences of one kind, each determined by its seed. */
interface Play {
    /** The names of all cases. */
    List<String> cases();

    /** Plays one sequence under a watch on each call. */
    void play(long seed, Function<VirtualClock, TokenStore> stores, Watch watch);

    /** Makes a call and examines its outcome. */
    @FunctionalInterface
    interface Watch {
        void call(String name, Scene scene, Runnable call);
    }
}
