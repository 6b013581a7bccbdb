package dev.latchkey.interaction;

/**
 * The words of one {@link ResultPage}. Plain text: everything is escaped.
 *
 * @param language the language of the words, as in the {@code lang} attribute: {@code en}, {@code de-CH}
 * @param applicationName who is speaking, above the title; empty for none
 * @param title the title, of the tab too
 * @param message one or two sentences on what happened
 * @param advice what to do next
 */
public record ResultText(String language, String applicationName, String title, String message, String advice) {}
