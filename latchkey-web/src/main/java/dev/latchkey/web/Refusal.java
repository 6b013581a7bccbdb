package dev.latchkey.web;

import dev.latchkey.core.PrintableText;

/** A rejected request with the reason, for the author of the page. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    Refusal(int status, String code, String message) {
        super(PrintableText.of(message), null, false, false);
        this.status = status;
        this.code = code;
        this.text = PrintableText.of(message);
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }

    String code() {
        return code;
    }
}
