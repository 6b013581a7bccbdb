/** Tokens in a directory: encrypted, crash-safe, shared by the processes of one person or service. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.store.file {
    requires transitive dev.latchkey;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.latchkey.store.file;
}
