package dev.latchkey.cli.demo;

/** One step of the demo. */
interface Step {
    /** The heading. */
    String title();

    /** An explanation in one or two sentences. */
    String about();

    /**
     * Runs the step with real requests, and checks the results.
     *
     * @throws BrokenPromiseException if a check fails
     */
    void play(Stage stage, Story story);
}
