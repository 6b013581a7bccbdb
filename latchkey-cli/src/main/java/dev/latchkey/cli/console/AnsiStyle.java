package dev.latchkey.cli.console;

/** Puts colour around text, or leaves it as it is. */
public enum AnsiStyle {
    /** No colours: for files, pipes, and whoever asked for none. */
    PLAIN(false),
    /** Colours by the escape sequences every terminal knows. */
    COLOURED(true);

    private final boolean coloured;

    AnsiStyle(boolean coloured) {
        this.coloured = coloured;
    }

    /** What went well. */
    public String good(String text) {
        return paint("32", text);
    }

    /** What went wrong. */
    public String bad(String text) {
        return paint("1;31", text);
    }

    /** A heading. */
    public String strong(String text) {
        return paint("1", text);
    }

    /** What names the thing beside it. */
    public String quiet(String text) {
        return paint("2", text);
    }

    /** What the eye should find. */
    public String accent(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
