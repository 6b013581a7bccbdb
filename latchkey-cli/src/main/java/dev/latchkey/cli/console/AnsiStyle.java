package dev.latchkey.cli.console;

/** Colours text, or leaves it unchanged. */
public enum AnsiStyle {
    /** No colours: for files, pipes, and users who disabled them. */
    PLAIN(false),
    /** Colours by the escape sequences that every terminal supports. */
    COLOURED(true);

    private final boolean coloured;

    AnsiStyle(boolean coloured) {
        this.coloured = coloured;
    }

    /** Success. */
    public String good(String text) {
        return paint("32", text);
    }

    /** Failure. */
    public String bad(String text) {
        return paint("1;31", text);
    }

    /** A heading. */
    public String strong(String text) {
        return paint("1", text);
    }

    /** A label. */
    public String quiet(String text) {
        return paint("2", text);
    }

    /** Something to notice. */
    public String accent(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
