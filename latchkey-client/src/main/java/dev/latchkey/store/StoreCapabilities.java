package dev.latchkey.store;

import java.time.Duration;

/**
 * What a store can promise.
 *
 * @param staleness how far a {@link TokenStore#peek} may lag behind what other handles wrote; zero for never
 * @param scope who sees what is stored, and shares leases
 * @param isDurable whether what is stored outlives the processes that use it, and a crash
 */
public record StoreCapabilities(Duration staleness, Scope scope, boolean isDurable) {
    /** Who shares a store. */
    public enum Scope {
        /** The applications of this process that were given the same object. */
        PROCESS,
        /** The processes of one user on this machine. */
        MACHINE,
        /** Every machine that is connected to the same server. */
        CLUSTER
    }
}
