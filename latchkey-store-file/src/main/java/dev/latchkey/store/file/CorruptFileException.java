package dev.latchkey.store.file;

/** A file is not what this library wrote. The file has to be set aside. */
final class CorruptFileException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptFileException(String why) {
        super(why);
    }
}
