package dev.latchkey.interaction;

/**
 * The texts of the result pages that the user sees at the end. The layout is fixed: no scripts, no external resources.
 *
 * <p>Implementations must be thread-safe and quick. If one throws, the English text is shown instead.
 */
@FunctionalInterface
public interface ResultPages {
    /** The text for this page. */
    ResultText text(ResultPage page);

    /** English text without an application name; the default. */
    static ResultPages english() {
        return english("");
    }

    /** English text with an application name. */
    static ResultPages english(String applicationName) {
        return page -> EnglishText.of(page.outcome(), applicationName);
    }
}
