/** A token store in a directory: encrypted, crash-safe, shared by the processes of one user or service. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.store.file {
    requires transitive dev.latchkey;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.latchkey.store.file;
}
