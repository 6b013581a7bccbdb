package dev.latchkey.cli.demo;

/** A step did not do what is promised; the story has told what was expected. */
final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromiseException(String promise) {
        super(promise);
    }
}
