package dev.latchkey.store.encryption;

/** A stored record is not what this library wrote. The store has to set it aside. */
public final class CorruptRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param why what is wrong with the record, as the rest of a sentence that starts with "the record is damaged"
     */
    public CorruptRecordException(String why) {
        super(why);
    }
}
