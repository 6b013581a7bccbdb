package dev.latchkey.interaction;

/**
 * The text of one {@link ResultPage}. Plain text: everything is escaped.
 *
 * @param language the language of the text, as in the {@code lang} attribute: {@code en}, {@code de-CH}
 * @param applicationName the application name, shown above the title; empty for none
 * @param title the title of the page and the browser tab
 * @param message one or two sentences on what happened
 * @param advice what to do next
 */
public record ResultText(String language, String applicationName, String title, String message, String advice) {}
