package dev.latchkey.cli.demo;

/** A check of a step failed; the expected value has already been printed. */
final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromiseException(String promise) {
        super(promise);
    }
}
