package dev.latchkey.cli.demo;

/** One step of the story. */
interface Step {
    /** What it is called. */
    String title();

    /** What it is about, in a sentence or two. */
    String about();

    /**
     * Does it, for real, and checks every promise.
     *
     * @throws BrokenPromiseException if one does not hold
     */
    void play(Stage stage, Story story);
}
