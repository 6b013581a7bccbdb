package dev.latchkey.core.json;

/** The text is not the JSON that was expected. The message never holds the text itself. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, without quoting. */
    public JsonException(String message) {
        super(message);
    }
}
