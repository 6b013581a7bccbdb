package dev.latchkey.store;

/** The registration of a listener; closing it more than once does nothing. */
public interface Registration extends AutoCloseable {
    /** Stops notifications. One already under way may still arrive. */
    @Override
    void close();
}
