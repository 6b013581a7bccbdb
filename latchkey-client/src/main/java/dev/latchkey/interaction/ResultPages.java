package dev.latchkey.interaction;

/**
 * The words an application uses on the pages the person sees at the end. The layout is fixed: no scripts, nothing loaded
 * from elsewhere.
 *
 * <p>Implementations must be thread-safe and quick. Should one throw, the English words are shown instead.
 */
@FunctionalInterface
public interface ResultPages {
    /** The words for this page. */
    ResultText text(ResultPage page);

    /** English, with no application named. The default. */
    static ResultPages english() {
        return english("");
    }

    /** English, in the name of an application. */
    static ResultPages english(String applicationName) {
        return page -> EnglishText.of(page.outcome(), applicationName);
    }
}
