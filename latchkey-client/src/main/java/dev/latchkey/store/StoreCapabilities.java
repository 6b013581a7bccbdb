package dev.latchkey.store;

import java.time.Duration;

/**
 * What a store guarantees.
 *
 * @param staleness how far {@link TokenStore#peek} may lag behind writes through other handles; zero if it never does
 * @param scope who shares the stored data and the leases
 * @param isDurable whether stored data survives the processes that use it, and a crash
 */
public record StoreCapabilities(Duration staleness, Scope scope, boolean isDurable) {
    /** Who shares a store. */
    public enum Scope {
        /** The applications in this process that use the same store object. */
        PROCESS,
        /** The processes of one user on this machine. */
        MACHINE,
        /** Every machine that is connected to the same server. */
        CLUSTER
    }
}
