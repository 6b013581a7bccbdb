package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.store.TokenStore;
import java.util.List;
import java.util.function.Function;

/** Sequences of one kind, each made of its seed alone. */
interface Play {
    /** The names of all cases. */
    List<String> cases();

    /** Plays one sequence, and has each of its calls watched. */
    void play(long seed, Function<VirtualClock, TokenStore> stores, Watch watch);

    /** Makes a call, and sees what came of it. */
    @FunctionalInterface
    interface Watch {
        void call(String name, Scene scene, Runnable call);
    }
}
