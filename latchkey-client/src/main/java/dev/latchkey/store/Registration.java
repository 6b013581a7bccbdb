package dev.latchkey.store;

/** A listener's place; closing it more than once does nothing. */
public interface Registration extends AutoCloseable {
    /** Ends the notices. One that is on its way may still arrive. */
    @Override
    void close();
}
